/** Before a batch is signed: who pays the network fee, where the account itself has too little for it. */
import type { JSX } from 'solid-js'
import { createTask } from '../../lib/reactive/task.ts'
import { accountVersion, wallet } from '../../lib/wallet/session.ts'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Notice } from '../ui/notice.tsx'

export function FeeLine(props: { challenge: number }): JSX.Element {
  const read = createTask(
    () => {
      const labeler = wallet()?.address
      return labeler ? `${props.challenge} ${labeler} ${accountVersion()}` : undefined
    },
    async (asked) => {
      const [challenge, labeler = ''] = asked.split(' ')
      return (await import('../../lib/write/fees.ts')).feesOf(Number(challenge), labeler)
    },
  )
  const short = () => {
    const found = read.value()
    return found && !found.enough ? found : undefined
  }
  return (
    <Given when={short()}>
      {(found) => (
        <Given
          when={found().paidBy}
          fallback={
            <Notice tone="wait" title="The account may lack XLM for the network fee">
              A submission takes up to 0.5 XLM beside what the account has to hold; most of it comes back. No oracle of
              this challenge offers to pay it.
            </Notice>
          }
        >
          {(payer) => (
            <Notice tone="info" title="The network fee is paid for you">
              Your account has too little XLM for it.{' '}
              <Hash value={payer()} what="payer" href={`/accounts/${payer()}`} /> pays for labelers whom this challenge
              admits, as far as its limits of a day go. You sign the same transaction.
            </Notice>
          )}
        </Given>
      )}
    </Given>
  )
}
