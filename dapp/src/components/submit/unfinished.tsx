/** After a crash or reload: what was sealed or signed here and does not stand in the ledger yet, and how to resume without paying twice. */
import type { JSX } from 'solid-js'
import { createTask } from '../../lib/reactive/task.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { config } from '../../lib/site/config.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { unfinishedDrafts } from '../../lib/write/drafts.ts'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'

export function Unfinished(props: { challenge: Challenge }): JSX.Element {
  const read = createTask(() => {
    const solver = wallet()?.address
    const { passphrase, contract } = config()
    return solver ? { network: passphrase, contract, challenge: props.challenge.id, solver } : undefined
  }, unfinishedDrafts)
  const draft = () => read.value()?.find(({ stage }) => stage !== 'submitted')
  return (
    <Given when={draft()}>
      {(it) => (
        <Notice tone="info" title="You started a submission here">
          {it().fileName ?? 'A file'} was{' '}
          {it().stage === 'signed' ? 'signed and may have been sent' : 'sealed in this browser, but not submitted'}.
          Choose the same file again to resume; nothing is submitted or paid twice.
        </Notice>
      )}
    </Given>
  )
}
