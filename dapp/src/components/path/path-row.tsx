/** The path as one line in a list: six marks and the words of the step that matters. */
import { For, type JSX } from 'solid-js'
import { currentStep, type PathStep } from '../../lib/path.ts'
import { Icon } from '../ui/icon.tsx'
import { marks } from './marks.ts'

export function PathRow(props: { steps: PathStep[] }): JSX.Element {
  const words = () => {
    const [graded, paid] = props.steps.slice(4) as [PathStep, PathStep]
    const at = currentStep(props.steps)
    return graded.state === 'done' && at !== graded
      ? `${graded.label} · ${at === paid || at.state === 'active' ? at.label : paid.label}`
      : at.label
  }
  const state = () => {
    const paid = props.steps[5]!
    const at = currentStep(props.steps)
    return at.state === 'done' && paid.state === 'skipped' ? 'skipped' : at.state
  }
  return (
    <span class="inline-flex items-center gap-2.5">
      <span class="inline-flex gap-0.5" aria-hidden="true">
        <For each={props.steps}>{(step) => <span class={`h-1.5 w-3.5 rounded-full ${marks[step.state].bar}`} />}</For>
      </span>
      <span class={`inline-flex items-center gap-1 text-sm font-500 ${marks[state()].ink}`}>
        <Icon
          name={marks[state()].icon}
          size={14}
          class={state() === 'done' ? 'text-good' : state() === 'active' ? 'text-wait' : ''}
        />
        {words()}
      </span>
    </span>
  )
}
