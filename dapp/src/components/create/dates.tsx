/** When it closes, and what happens where an oracle does not answer: the same for every kind. */
import type { JSX } from 'solid-js'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { formatDay } from '../../lib/words/format.ts'
import { TextField } from '../ui/field.tsx'

/** @param props.children further limits, beside the dates */
export function Dates(props: { state: CreateState; children?: JSX.Element }): JSX.Element {
  const { form, setForm } = props.state
  const problems = () => props.state.problems()
  const times = () => props.state.times()
  return (
    <>
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Dates and limits">
        <TextField
          label="Closes"
          type="datetime-local"
          value={form.deadline}
          onInput={(deadline) => setForm({ deadline })}
          error={problems().deadline}
          hint={times() ? `Your time zone; ${formatDay((times()?.deadline ?? 0) * 1000)}` : undefined}
        />
        <TextField
          label="Oracles accept within"
          mono
          suffix="hours"
          inputmode="decimal"
          value={form.acceptHours}
          onInput={(acceptHours) => setForm({ acceptHours })}
          error={problems().acceptHours}
          hint="If one does not, you can cancel and get everything back. At least one waiting time must lie between this and the deadline."
        />
        {props.children}
      </section>
      <details class="card px-4 py-3" open={Boolean(problems().patienceMinutes || problems().gradeDays)}>
        <summary class="text-sm font-600 summary">If an oracle does not answer</summary>
        <div class="grid sm:grid-cols-2 gap-5 pt-4">
          <TextField
            label="Waiting time"
            mono
            suffix="min"
            inputmode="decimal"
            value={form.patienceMinutes}
            onInput={(patienceMinutes) => setForm({ patienceMinutes })}
            error={problems().patienceMinutes}
            hint="An oracle tries a file at least this long before it gives up, and others wait this long for its vote."
          />
          <TextField
            label="Votes end after the deadline"
            mono
            suffix="days"
            inputmode="decimal"
            value={form.gradeDays}
            onInput={(gradeDays) => setForm({ gradeDays })}
            error={problems().gradeDays}
            hint={
              times()
                ? `On ${formatDay((times()?.gradeBy ?? 0) * 1000)}: what has no verdict by then is left to the judge, if there is one.`
                : undefined
            }
          />
        </div>
      </details>
    </>
  )
}
