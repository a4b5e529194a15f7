/** One submission: its path, live, and everything that proves it. */
import { A, createAsync, useParams } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { ReleaseAction } from '../components/path/release-action.tsx'
import { SubmissionPath } from '../components/path/submission-path.tsx'
import { LinkButton } from '../components/ui/button.tsx'
import { Facts } from '../components/ui/facts.tsx'
import { Given } from '../components/ui/given.tsx'
import { Hash } from '../components/ui/hash.tsx'
import { Time } from '../components/ui/time.tsx'
import { Title } from '../components/ui/title.tsx'
import { getChallenge, getSubmission } from '../lib/api.ts'
import { formatAmount, formatScore, ordinal } from '../lib/format.ts'
import { ipfsLink } from '../lib/links.ts'
import { createLive } from '../lib/live.ts'
import { paysLabels, returnsOnlyDeposit } from '../lib/payout.ts'
import { titleOf } from '../lib/rules.ts'
import type { SubmissionDetail } from '../lib/types.ts'

export default function SubmissionPage(): JSX.Element {
  const params = useParams<{ id: string; number: string }>()
  createLive(() => params.id)
  const challenge = createAsync(() => getChallenge(params.id))
  const submission = createAsync(() => getSubmission(params.id, params.number))
  return (
    <Given when={challenge() && submission() && { challenge: challenge()!, submission: submission()! }}>
      {(both) => {
        const it = () => both().submission
        const of = () => both().challenge
        return (
          <article class="grid gap-8">
            <Title>{`Submission #${it().number}, ${titleOf(of())}`}</Title>
            <header class="flex flex-wrap items-end justify-between gap-4">
              <div class="grid gap-1">
                <p class="text-sm">
                  <A class="link" href={`/challenges/${of().id}`}>
                    {titleOf(of())}
                  </A>
                </p>
                <h1 class="page-title">
                  Submission <span class="num">#{it().number}</span>
                </h1>
                <Show when={!paysLabels(of()) && it().score}>
                  <p class="text-ink-2">
                    {of().ranking ? 'Score on the public rows' : 'Score'}{' '}
                    <strong class="num font-500 text-ink">{formatScore(it().score?.value ?? 0)}</strong>
                    {of().ranking === 'posted' && it().place
                      ? `, ${ordinal(it().place ?? 0)} in the final ranking`
                      : ''}
                  </p>
                </Show>
                <p class="text-sm text-ink-3 inline-flex flex-wrap items-center gap-x-3">
                  <span class="inline-flex items-center gap-1">
                    By <Hash value={it().solver} what="solver" href={`/accounts/${it().solver}`} />
                  </span>
                  <span>attempt {it().attempt}</span>
                  <Time at={it().submittedAt} />
                </p>
              </div>
              <LinkButton href={`/verify/${of().id}/${it().number}`} icon="shield">
                Verify it yourself
              </LinkButton>
            </header>
            <div class="card px-4 sm:px-6 py-5">
              <SubmissionPath submission={it()} challenge={of()} />
              <ReleaseAction submission={it()} challenge={of()} />
            </div>
            <section aria-labelledby="proofs" class="grid gap-1 max-w-200">
              <h2 id="proofs" class="section-title">
                Proofs
              </h2>
              <Facts
                wide
                rows={[
                  [
                    'Encrypted file',
                    <Hash value={it().cid} what="CID" href={ipfsLink(it().cid)} external head={8} tail={8} />,
                  ],
                  [
                    'Submitted in',
                    <Hash value={it().submitTx} what="transaction" href={`/tx/${it().submitTx}`} head={8} tail={8} />,
                  ],
                  [
                    'Verdict in',
                    <Maybe value={it().verdictTx}>
                      {(tx) => <Hash value={tx} what="transaction" href={`/tx/${tx}`} head={8} tail={8} />}
                    </Maybe>,
                  ],
                  [
                    'Grade report',
                    <Maybe value={it().report}>
                      {(cid) => (
                        <Hash value={cid} what="grade report" href={ipfsLink(cid)} external head={8} tail={8} />
                      )}
                    </Maybe>,
                  ],
                  [
                    'Content hash',
                    <Maybe value={it().contentHash}>
                      {(hash) => <Hash value={hash} what="content hash" head={8} tail={8} />}
                    </Maybe>,
                  ],
                  [
                    returnsOnlyDeposit(it()) ? 'Deposit returned in' : 'Paid in',
                    <Maybe
                      value={it().payment?.tx ?? null}
                      otherwise={isUnpaidForGood(it()) ? 'nothing was due' : undefined}
                    >
                      {(tx) => <Hash value={tx} what="transaction" href={`/tx/${tx}`} head={8} tail={8} />}
                    </Maybe>,
                  ],
                  [
                    'Deposit',
                    BigInt(it().deposit) > 0n
                      ? `${formatAmount(it().deposit, it().asset)}, ${it().depositReturned ? 'returned' : 'not returned'}`
                      : 'none',
                  ],
                ]}
              />
            </section>
            <Show when={it().votes.length > 0}>
              <section aria-labelledby="votes" class="grid gap-2 max-w-200">
                <h2 id="votes" class="section-title">
                  Votes of the oracles
                </h2>
                <ul class="divide-y divide-line border-y border-line text-sm">
                  <For each={it().votes}>
                    {(vote) => (
                      <li class="py-2.5 flex flex-wrap items-center gap-x-5 gap-y-1">
                        <Hash value={vote.oracle} what="oracle" href={`/accounts/${vote.oracle}`} plain />
                        <span class="font-500">
                          {vote.verdict} {vote.score ? formatScore(vote.score.value) : ''}
                        </span>
                        <Time at={vote.at} class="text-xs text-ink-3" />
                        <Hash value={vote.tx} what="transaction" href={`/tx/${vote.tx}`} plain />
                      </li>
                    )}
                  </For>
                </ul>
              </section>
            </Show>
          </article>
        )
      }}
    </Given>
  )
}

/** Concluded, and nothing is owed: no payment will follow. */
const isUnpaidForGood = (one: Pick<SubmissionDetail, 'queuePosition' | 'owed' | 'verdictAt'>): boolean =>
  one.queuePosition === null && one.verdictAt !== null && BigInt(one.owed) === 0n

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
