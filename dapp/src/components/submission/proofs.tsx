/** Where each part of a submission can be seen: content, transactions, and what became of its own money. */
import type { JSX } from 'solid-js'
import type { Submission } from '../../lib/read/types.ts'
import { ipfsLink } from '../../lib/site/links.ts'
import { formatAmount } from '../../lib/words/format.ts'
import { NOT_KNOWN } from '../../lib/words/known.ts'
import type { Story } from '../../lib/words/tell.ts'
import { Facts } from '../ui/facts.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'

export function Proofs(props: { submission: Submission; story: Story }): JSX.Element {
  const it = () => props.submission
  /** What is concluded without it will never have it. */
  const none = () => (it().status === 'pending' ? undefined : it().votesWhole ? 'none' : NOT_KNOWN)
  const transaction = (hash: string | null) => (
    <Hash value={hash} what="transaction" href={`/tx/${hash}`} head={8} tail={8} />
  )
  const content = (cid: string, what: string) => (
    <Hash value={cid} what={what} href={ipfsLink(cid)} external head={8} tail={8} />
  )
  return (
    <section aria-labelledby="proofs" class="grid gap-1 max-w-200">
      <h2 id="proofs" class="section-title">
        Proofs
      </h2>
      <Facts
        wide
        rows={[
          ['Sealed file', content(it().cid, 'CID')],
          ['Submitted in', transaction(it().submitTx)],
          [
            'Verdict in',
            <Maybe value={it().verdictTx} otherwise={it().status === 'pending' ? undefined : NOT_KNOWN}>
              {transaction}
            </Maybe>,
          ],
          [
            it().flags.byJudge ? 'Reasons of the judge' : 'Grade report',
            <Maybe value={it().report} otherwise={none()}>
              {(cid) => content(cid, 'report')}
            </Maybe>,
          ],
          [
            'Content hash',
            <Maybe value={it().decision?.contentHash ?? it().contentHash} otherwise={none()}>
              {(hash) => <Hash value={hash} what="content hash" head={8} tail={8} />}
            </Maybe>,
          ],
          [
            paysOwnMoney(props.story) ? 'Own money back in' : 'Paid in',
            <Maybe
              value={it().payment?.tx ?? null}
              otherwise={it().payment ? NOT_KNOWN : props.story.final ? 'nothing was due' : undefined}
            >
              {transaction}
            </Maybe>,
          ],
          ['The solver’s own money', ownMoney(it())],
        ]}
      />
    </section>
  )
}

/** Deposit and carried fee, as they were paid in. */
function ownMoney({ deposit, carried, asset }: Submission): string {
  const parts = [
    BigInt(deposit) > 0n ? `a deposit of ${formatAmount(deposit, asset)}` : '',
    BigInt(carried) > 0n ? `${formatAmount(carried, asset)} for its own grading` : '',
  ].filter(Boolean)
  return parts.join(' and ') || 'nothing'
}

const paysOwnMoney = ({ amounts }: Story): boolean => amounts.sent > 0n && amounts.earned === 0n

function Maybe(props: {
  value: string | null
  otherwise?: string | undefined
  children: (value: string) => JSX.Element
}): JSX.Element {
  return (
    <Given when={props.value} fallback={<span class="text-ink-3">{props.otherwise ?? 'not yet'}</span>}>
      {(value) => props.children(value())}
    </Given>
  )
}
