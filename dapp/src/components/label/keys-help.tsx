/** All keys of this task, and the switch for those who speak to their computer or use its own shortcuts. */
import { Dialog } from '@kobalte/core/dialog'
import { For, type JSX } from 'solid-js'
import { keysOf } from '../../lib/label/keys.ts'
import type { LabelingTask } from '../../lib/label/task.ts'
import { Icon } from '../ui/icon.tsx'

export default function KeysHelp(props: {
  task: LabelingTask
  open: boolean
  onOpen: (open: boolean) => void
  single: boolean
  onSingle: (on: boolean) => void
}): JSX.Element {
  return (
    <Dialog open={props.open} onOpenChange={props.onOpen}>
      <Dialog.Portal>
        <Dialog.Overlay class="fixed inset-0 z-30 bg-black/45" />
        <div class="fixed inset-0 z-40 grid place-items-center p-3 overflow-y-auto">
          <Dialog.Content class="card w-full max-w-120 p-5 sm:p-6 grid gap-4 shadow-xl focusable">
            <div class="flex items-start justify-between gap-4">
              <Dialog.Title class="text-lg font-600">Keys</Dialog.Title>
              <Dialog.CloseButton
                class="size-11 -m-2.5 grid place-items-center text-ink-3 hover:text-ink bg-transparent rounded-md focusable"
                aria-label="Close"
              >
                <Icon name="cross" />
              </Dialog.CloseButton>
            </div>
            <dl class="grid text-sm">
              <For each={keysOf(props.task)}>
                {([key, words]) => (
                  <div class="grid grid-cols-[9rem_1fr] gap-x-4 py-1.5 border-b border-line last:border-b-0">
                    <dt class="num text-ink">{key}</dt>
                    <dd class="text-ink-2">{words}</dd>
                  </div>
                )}
              </For>
            </dl>
            <label class="min-h-11 flex items-center gap-3 text-sm">
              <input
                type="checkbox"
                class="size-5 accent-accent focusable"
                checked={props.single}
                onChange={(event) => props.onSingle(event.currentTarget.checked)}
              />
              Single keys work
            </label>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  )
}
