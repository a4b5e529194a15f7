/** An account: what it earned, submitted and created, and whether it kept its promises. */
import { A, createAsync, useParams } from '@solidjs/router'
import { For, type JSX, Show, Suspense } from 'solid-js'
import { AccountAppeals } from '../components/account-appeals.tsx'
import { AccountSubmission } from '../components/account-submission.tsx'
import { AccountTotals } from '../components/account-totals.tsx'
import { ChallengeRow } from '../components/challenge/row.tsx'
import { OracleFacts } from '../components/oracle/record.tsx'
import { Amount } from '../components/ui/amount.tsx'
import { LinkButton } from '../components/ui/button.tsx'
import { Empty } from '../components/ui/empty.tsx'
import { Facts } from '../components/ui/facts.tsx'
import { Given } from '../components/ui/given.tsx'
import { Hash } from '../components/ui/hash.tsx'
import { Panel } from '../components/ui/panel.tsx'
import { Skeleton } from '../components/ui/skeleton.tsx'
import { Title } from '../components/ui/title.tsx'
import { getAccount } from '../lib/read/api.ts'
import { createLive } from '../lib/read/live.ts'
import type { Account } from '../lib/read/types.ts'
import { explorerLink } from '../lib/site/links.ts'
import { wallet } from '../lib/wallet/session.ts'
import { formatCount, shorten } from '../lib/words/format.ts'
import { LOWER_BOUND } from '../lib/words/known.ts'

export default function AccountPage(): JSX.Element {
  const params = useParams<{ address: string }>()
  createLive()
  const account = createAsync(() => getAccount(params.address))
  const mine = () => wallet()?.address === params.address
  return (
    <Given when={account()}>
      {(it) => (
        <div class="grid gap-8">
          <Title>{`Account ${shorten(it().address)}`}</Title>
          <header class="grid gap-2">
            <p class="eyebrow">{mine() ? 'Your account' : 'Account'}</p>
            <h1 class="text-xl font-600">
              <Hash value={it().address} what="address" head={10} tail={10} {...explorer(it().address)} />
            </h1>
          </header>
          <Show when={it().lowerBound}>
            <p class="text-sm text-ink-2">{LOWER_BOUND}</p>
          </Show>
          <div class="grid gap-5 md:grid-cols-3">
            <Earned account={it()} />
            <Record account={it()} />
            <AsOracle account={it()} />
          </div>
          <section aria-labelledby="submissions" class="grid gap-3">
            <h2 id="submissions" class="section-title">
              {formatCount(it().submissionCount, 'submission')}
            </h2>
            <Show
              when={it().submissions.length > 0}
              fallback={
                <Show when={mine()} fallback={<p class="text-sm text-ink-3">This account has submitted nothing.</p>}>
                  <Empty title="Nothing submitted yet" action={<LinkButton href="/">See the challenges</LinkButton>}>
                    Choose a challenge and drop in a CSV: the page checks it before you spend anything.
                  </Empty>
                </Show>
              }
            >
              <Suspense>
                <AccountTotals submissions={it().submissions} />
              </Suspense>
              <ul class="card divide-y divide-line">
                <For each={it().submissions}>
                  {(submission) => (
                    <Suspense
                      fallback={
                        <li class="p-4">
                          <Skeleton lines={1} />
                        </li>
                      }
                    >
                      <AccountSubmission submission={submission} />
                    </Suspense>
                  )}
                </For>
              </ul>
            </Show>
          </section>
          <Show when={it().challenges.length > 0}>
            <section aria-labelledby="challenges" class="grid gap-3">
              <h2 id="challenges" class="section-title">
                {formatCount(it().challengeCount, 'challenge')} created
              </h2>
              <ul class="card divide-y divide-line overflow-hidden">
                <For each={it().challenges}>{(challenge) => <ChallengeRow challenge={challenge} />}</For>
              </ul>
            </section>
          </Show>
        </div>
      )}
    </Given>
  )
}

function Earned(props: { account: Account }): JSX.Element {
  return (
    <Panel title="Earned" icon="coins">
      <ul class="grid gap-1">
        <For each={props.account.earned} fallback={<li class="text-sm text-ink-3">Nothing yet.</li>}>
          {(earned) => (
            <li class="flex items-baseline justify-between gap-3">
              <Amount units={earned.amount} asset={earned.asset} class="text-lg font-500" />
              <span class="text-xs text-ink-3">{formatCount(earned.payments, 'payment')}</span>
            </li>
          )}
        </For>
      </ul>
    </Panel>
  )
}

function Record(props: { account: Account }): JSX.Element {
  const maker = () => props.account.maker
  return (
    <Panel title="Record" icon="file">
      <Facts
        rows={[
          ['Earned with', formatCount(props.account.wins, 'submission')],
          ['Submitted', formatCount(props.account.submissionCount, 'submission')],
          ...((maker()
            ? [
                ['Challenges with everything decided', `${maker()?.decided} of ${maker()?.challenges}`],
                ['Challenges with work left undecided', String(maker()?.undecided)],
                ['Truths promised and not opened', String(maker()?.unopened)],
              ]
            : [['Created', 'no challenge yet']]) as [string, string][]),
        ]}
      />
      <Suspense>
        <AccountAppeals challenges={props.account.challenges} />
      </Suspense>
    </Panel>
  )
}

function AsOracle(props: { account: Account }): JSX.Element {
  return (
    <Panel title="As an oracle" icon="shield">
      <Given when={props.account.oracle} fallback={<p class="text-sm text-ink-3">Not registered.</p>}>
        {(oracle) => (
          <>
            <OracleFacts oracle={oracle()} />
            <p class="text-sm">
              <A class="link" href={`/oracles/${oracle().address}`}>
                Its page: queue, fee and keys
              </A>
            </p>
          </>
        )}
      </Given>
    </Panel>
  )
}

const explorer = (address: string) => {
  const href = explorerLink(address.startsWith('C') ? 'contract' : 'account', address)
  return href ? { href, external: true } : {}
}
