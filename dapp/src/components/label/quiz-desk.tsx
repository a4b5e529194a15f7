/** The questions of a quiz on the desk where batches are labeled, then one signature. */
import { capital, partOf } from '@stellartrain/sdk/counted'
import { type JSX, onCleanup, Show } from 'solid-js'
import type { Manifest } from '../../lib/content/manifest.ts'
import { batchCsv } from '../../lib/label/answers.ts'
import { createDesk } from '../../lib/label/desk.ts'
import { createHosts, hostsName } from '../../lib/label/hosts.ts'
import { itemsOf } from '../../lib/label/items.ts'
import { dropWork } from '../../lib/label/kept.ts'
import { createLeaseClock } from '../../lib/label/lease.ts'
import { createMediaStore } from '../../lib/label/media.ts'
import type { QuizRun } from '../../lib/label/quiz.ts'
import { taskOf } from '../../lib/label/task.ts'
import { config } from '../../lib/site/config.ts'
import type { Quiz } from '../../lib/write/quiz.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { LabelDesk } from './desk.tsx'

export function QuizDesk(props: { challenge: number; manifest: Manifest; run: QuizRun; quiz: Quiz }): JSX.Element {
  const { quiz, challenge, manifest } = props
  const task = taskOf(manifest, quiz.header)
  const items = itemsOf(quiz, manifest.submission.idColumn)
  if (!task) return <Notice tone="wait">This quiz is answered in a file: npx stellartrain quiz {challenge}</Notice>
  const { passphrase: network, contract } = config()
  // In the storage of the tab, apart from those of batches.
  const key = { network, contract, challenge, solver: quiz.labeler, attempt: quiz.try }
  const { flag: _, ...asked } = task
  const desk = createDesk({ key, task: asked, items, storage: sessionStorage })
  const media = createMediaStore(
    async (cid, most) => (await import('../../lib/content/content.ts')).readContent(cid, most),
    createHosts(localStorage, hostsName(contract, challenge)),
  )
  const lease = createLeaseClock({ expires: undefined, renew: async () => 0, step: desk.work })
  onCleanup(() => {
    media.close()
    if (props.run.taking() === undefined) dropWork(sessionStorage, key)
  })
  const send = () => void props.run.send(batchCsv(manifest, asked, items, desk.work()))
  return (
    <Show
      when={desk.current() === undefined}
      fallback={
        <LabelDesk desk={desk} media={media} lease={lease} earns={<span class="text-ink-3">quiz, not paid</span>} />
      }
    >
      <section class="grid gap-5 pb-24 md:pb-0" aria-label="Send the quiz">
        <h2 class="text-lg font-600">
          {capital(partOf(items.size, items.size, 'question', { verb: ['is', 'are'] }))} answered
        </h2>
        <p class="text-sm text-ink-2 max-w-[72ch]">
          Your wallet signs the answers; that is not a transaction and costs nothing. Each oracle judges them for
          itself.
        </p>
        <Failure words={props.run.sendFailure()} />
        <div class="flex flex-wrap gap-3">
          <Button look="primary" icon="seal" busy={props.run.sending()} disabled={props.run.sending()} onClick={send}>
            {props.run.sending() ? 'Waiting for your signature and the oracles…' : 'Sign and send the answers'}
          </Button>
          <Button icon="back" disabled={props.run.sending()} onClick={() => desk.undo()}>
            Back to the last question
          </Button>
        </div>
      </section>
    </Show>
  )
}
