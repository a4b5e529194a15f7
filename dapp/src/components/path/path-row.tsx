/** The path as one line in a list: a mark for each step and the words of the story. */
import { For, type JSX } from 'solid-js'
import { currentStep, pathOfStory, storyInWords } from '../../lib/words/path.ts'
import type { Story } from '../../lib/words/tell.ts'
import { Icon } from '../ui/icon.tsx'
import { marks } from './marks.ts'

export function PathRow(props: { story: Story }): JSX.Element {
  const steps = () => pathOfStory(props.story)
  const state = () => {
    const at = currentStep(steps()).state
    return at === 'done' && steps().at(-1)?.state === 'skipped' ? 'skipped' : at
  }
  return (
    <span class="inline-flex items-center gap-2.5" title={props.story.sentence}>
      <span class="inline-flex gap-0.5" aria-hidden="true">
        <For each={steps()}>{(step) => <span class={`h-1.5 w-3.5 rounded-full ${marks[step.state].bar}`} />}</For>
      </span>
      <span class={`inline-flex items-center gap-1 text-sm font-500 ${marks[state()].ink}`}>
        <Icon
          name={marks[state()].icon}
          size={14}
          class={state() === 'done' ? 'text-good' : state() === 'active' ? 'text-wait' : ''}
        />
        {storyInWords(props.story)}
      </span>
    </span>
  )
}
