/** After a crash or reload: what was begun here and not finished, and how to resume without paying twice. */
import type { JSX } from 'solid-js'
import { config } from '../../lib/config.ts'
import type { Challenge } from '../../lib/types.ts'
import { unfinishedDraft } from '../../lib/unfinished.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'

export function Unfinished(props: { challenge: Challenge }): JSX.Element {
  const draft = () => {
    const address = wallet()?.address
    return address
      ? unfinishedDraft(localStorage, {
          network: config().passphrase,
          contract: config().contract,
          challenge: props.challenge.id,
          solver: address,
        })
      : undefined
  }
  return (
    <Given when={draft()}>
      {(it) => (
        <Notice tone="info" title="You started a submission here">
          {it().fileName ?? 'A file'} was{' '}
          {it().stage === 'signed' ? 'signed and may have been sent' : 'encrypted and uploaded, but not submitted'}.
          Choose the same file again to resume; nothing is submitted or paid twice.
        </Notice>
      )}
    </Given>
  )
}
