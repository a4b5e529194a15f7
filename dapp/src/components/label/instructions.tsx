/** How to label, in the maker's words, with the maker's examples; all of it is text. */
import type { Answer } from '@stellartrain/ipfs-content/labeling'
import { parseAnswer } from '@stellartrain/ipfs-content/labeling'
import { For, type JSX, lazy, Show, Suspense } from 'solid-js'
import type { MediaKind, ReadMedia } from '../../lib/label/media.ts'
import { type LabelingTask, nameOf } from '../../lib/label/task.ts'
import { Markdown } from '../ui/markdown.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

const ExampleMedia = lazy(() => import('./example-media.tsx'))

export function Instructions(props: {
  task: LabelingTask | undefined
  description: string
  /** Where images and sounds of examples come from, if not from IPFS. */
  read?: ReadMedia
}): JSX.Element {
  const text = () => props.task?.instructions?.text
  const examples = () => props.task?.instructions?.examples ?? []
  return (
    <div class="grid gap-4">
      <Markdown text={text() ?? props.description} />
      <Show when={props.task && examples().length > 0}>
        <section class="grid gap-2" aria-label="Examples">
          <h3 class="section-title">Examples</h3>
          <ul class="grid gap-2">
            <For each={examples()}>
              {(example) => (
                <li class="rounded-md bg-sunken px-3 py-2 grid gap-1 text-sm">
                  <For each={props.task!.show}>
                    {({ column, title, as }) => (
                      <Show when={example.item[column]}>
                        <Show
                          when={as === 'text'}
                          fallback={
                            <Suspense fallback={<Skeleton lines={1} height="6rem" />}>
                              <ExampleMedia
                                cell={example.item[column]!}
                                kind={as as MediaKind}
                                name={title ?? column}
                                read={props.read}
                              />
                            </Suspense>
                          }
                        >
                          <p class="text-ink-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
                            <span class="text-ink-3">{title ?? column}: </span>
                            {example.item[column]}
                          </p>
                        </Show>
                      </Show>
                    )}
                  </For>
                  <p class="font-600 [overflow-wrap:anywhere]">
                    {answerWords(props.task!, example.answer, example.item)}
                  </p>
                  <Show when={example.why}>
                    <p class="text-ink-2 [overflow-wrap:anywhere]">{example.why}</p>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
    </div>
  )
}

/** A cell as a person says it. */
function answerWords(task: LabelingTask, cell: string, item: Record<string, string>): string {
  try {
    return words(task, parseAnswer(task, cell, item))
  } catch {
    return cell
  }
}

function words({ answer: asked }: LabelingTask, answer: Answer): string {
  const named = (value: string) => {
    const choices = 'choices' in asked ? asked.choices : 'labels' in asked ? asked.labels : []
    const found = choices.find((one) => one.value === value)
    return found ? nameOf(found) : value
  }
  switch (answer.kind) {
    case 'flag':
      return 'Broken: it cannot be labeled'
    case 'choice':
      return named(answer.value)
    case 'choices':
      return answer.values.map(named).join(', ') || 'none of them'
    case 'spans':
      return (
        answer.spans.map(({ start, end, label }) => `${named(label)} from ${start} to ${end}`).join(', ') || 'nothing'
      )
    case 'boxes':
      return answer.boxes.map(({ label }) => named(label)).join(', ') || 'nothing'
    case 'polygons':
      return answer.polygons.map(({ label }) => named(label)).join(', ') || 'nothing'
    case 'preference':
      return answer.value === 'tie' ? 'Equally good' : `${answer.value.toUpperCase()} is better`
    case 'ranking':
      return answer.order.join(', then ')
    default:
      return String(answer.value)
  }
}
