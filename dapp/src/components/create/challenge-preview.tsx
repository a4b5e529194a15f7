/** The whole challenge as solvers will see it, from what is typed: read once more before it is signed and can never change. */
import { capital } from '@stellartrain/sdk/counted'
import { For, type JSX, Show } from 'solid-js'
import { metricText } from '../../lib/content/metrics.ts'
import { EVALUATOR, EVALUATOR_WORDS, languageOf, moduleName } from '../../lib/create/evaluator.ts'
import { tagsOf } from '../../lib/create/form.ts'
import { baselineName, takesModels } from '../../lib/create/models.ts'
import { judgeName } from '../../lib/create/recount.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { plannedFormats } from '../../lib/create/submission.ts'
import { prizesOf, quorumOf } from '../../lib/create/sums.ts'
import { formatsInWords } from '../../lib/submit/formats.ts'
import { quorumWords } from '../../lib/words/challenge-words.ts'
import { formatAmount, formatCount, formatDay, formatScore, meetsSign, metricName } from '../../lib/words/format.ts'
import { Facts } from '../ui/facts.tsx'
import { Markdown } from '../ui/markdown.tsx'

export function ChallengePreview(props: { state: CreateState }): JSX.Element {
  const form = () => props.state.form
  const target = () => props.state.prepared()?.target
  const trials = () => props.state.trials()
  const money = (units: bigint) => formatAmount(units, props.state.asset())
  const reward = () =>
    form().kind === 'ranked'
      ? (prizesOf(form(), props.state.asset().decimals) ?? []).map(money).join(', ')
      : money(props.state.sums()?.reward ?? 0n)
  const goal = () =>
    `${metricName(form().metric)} ${meetsSign(trials()?.direction ?? 'maximize')} ${formatScore(Number(form().threshold))}`
  const columns = () => trials()?.source.submission.columns.map((column) => column.name) ?? []
  const baseline = () => {
    const file = props.state.files().baseline
    return takesModels(form()) && file ? baselineName(file.bytes) : 'baseline.csv'
  }
  const modelWords = () => {
    const { inputs = [], fuel = 0, memoryMib = 0 } = trials()?.source.submission.model ?? {}
    const gets = inputs.map(({ name }) => name).join(', ')
    return `${capital(formatsInWords(plannedFormats(form())))} that gets ${gets} of ${formatCount(target()?.rows ?? 0, 'row')} which stay sealed, and returns ${columns().join(', ')}: at most ${fuel.toLocaleString('en')} steps and ${memoryMib} MiB of memory`
  }
  const files = () => [
    ...(props.state.prepared()?.train ? ['train.csv'] : []),
    ...(takesModels(form()) ? [] : ['test.csv', 'sample_submission.csv']),
    ...(form().baseline === 'file' ? [baseline()] : []),
    ...(form().metric === EVALUATOR ? [moduleName(languageOf(props.state.files().evaluator?.name ?? ''))] : []),
  ]
  return (
    <section class="card px-4 sm:px-6 py-5 grid gap-5" aria-label="Preview of the challenge">
      <div class="grid gap-1.5">
        <p class="eyebrow">As solvers will see it</p>
        <h3 class="text-xl font-600 text-balance break-words">{form().title}</h3>
        <p class="text-ink-2 text-pretty break-words">{form().summary}</p>
        <p>
          <strong class="num font-500">{reward()}</strong>{' '}
          <span class="text-ink-2">
            {form().kind === 'ranked' ? `to the best after the deadline, with ${goal()}` : `for ${goal()}`}
          </span>
        </p>
      </div>
      <Markdown text={form().description} />
      <Facts
        wide
        rows={[
          ['Files', files().join(', ')],
          [
            'To submit',
            takesModels(form())
              ? modelWords()
              : `${capital(formatsInWords(plannedFormats(form())))} with ${[trials()?.source.submission.idColumn, ...columns()].join(', ')}; ${formatCount(target()?.rows ?? 0, 'row')}`,
          ],
          [
            'Metric',
            `${metricName(form().metric)}. ${form().metric === EVALUATOR ? EVALUATOR_WORDS : (metricText(form().metric)?.words ?? '')}`,
          ],
          ['License', form().license],
          [
            'Tags',
            <Show when={tagsOf(form().tags).length > 0} fallback="none">
              {tagsOf(form().tags).join(', ')}
            </Show>,
          ],
          ['Closes', formatDay((props.state.times()?.deadline ?? 0) * 1000)],
          ['Graded by', quorumWords(quorumOf(form()), form().oracles.length)],
          ['Judge', judgeName(form())],
          ['Admission', form().gate.trim() ? `by ${form().gate.trim()}` : 'everyone'],
        ]}
      />
      <Show when={target()?.labels}>
        <p class="text-sm text-ink-2">
          Labels:{' '}
          <For each={target()?.labels?.slice(0, 20)}>
            {(label, at) => (
              <>
                {at() > 0 ? ', ' : ''}
                <code class="num text-sm">{label}</code>
              </>
            )}
          </For>
          {(target()?.labels?.length ?? 0) > 20 ? ', …' : ''}
        </p>
      </Show>
    </section>
  )
}
