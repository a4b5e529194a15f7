/** How long the items are this labeler's, and what can be done about it. */
import { type JSX, Show } from 'solid-js'
import type { LeaseClock } from '../../lib/label/lease.ts'
import { formatDuration } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'

/** Below this a labeler should know. */
const SOON_SECONDS = 300

export function LeaseLine(props: { lease: LeaseClock }): JSX.Element {
  return (
    <Show when={props.lease.left() !== undefined}>
      <span
        class={`whitespace-nowrap ${(props.lease.left() ?? 0) < SOON_SECONDS ? 'text-wait font-500' : 'text-ink-3'}`}
      >
        yours for {formatDuration(props.lease.left() ?? 0)}
      </span>
    </Show>
  )
}

export function LeaseNotice(props: { lease: LeaseClock; onEnded: () => void }): JSX.Element {
  const soon = () => {
    const left = props.lease.left()
    return left !== undefined && left > 0 && left < SOON_SECONDS
  }
  return (
    <>
      <Show when={soon()}>
        <Notice
          tone="wait"
          title="The lease of these items ends soon"
          actions={
            <Show when={!props.lease.final()}>
              <Button busy={props.lease.busy()} disabled={props.lease.busy()} onClick={() => void props.lease.renew()}>
                Renew it
              </Button>
            </Show>
          }
        >
          {props.lease.final()
            ? 'It cannot be renewed any further. Submit before it ends: a later batch is not paid.'
            : 'Renewing gives you the same items for longer. The wallet may ask you to sign in at the oracles again.'}
        </Notice>
      </Show>
      <Show when={props.lease.ended()}>
        <Notice
          tone="bad"
          role="alert"
          title="The lease of these items has ended"
          actions={
            <Button look="primary" onClick={props.onEnded}>
              Ask for new items
            </Button>
          }
        >
          The items go to other labelers, and your batch would no longer be paid. Nothing was spent. Your answers stay
          in this browser, for items that you get again. Because a lease of yours ended, you wait a while before the
          next one.
        </Notice>
      </Show>
      <Failure words={props.lease.failure()} />
    </>
  )
}
