/** One transaction: first a sentence, then the details, then the raw events. */
import { A, createAsync, useParams } from '@solidjs/router'
import { For, type JSX } from 'solid-js'
import { Facts } from '../components/ui/facts.tsx'
import { Given } from '../components/ui/given.tsx'
import { Hash } from '../components/ui/hash.tsx'
import { Time } from '../components/ui/time.tsx'
import { Title } from '../components/ui/title.tsx'
import { networkNow } from '../lib/reactive/clock.ts'
import { getChallenge, getSubmissions, getTransaction } from '../lib/read/api.ts'
import type { Transaction } from '../lib/read/types.ts'
import { explorerLink } from '../lib/site/links.ts'
import { titleOf } from '../lib/words/challenge-words.ts'
import { sentenceOf } from '../lib/words/sentences.ts'
import { transactionStory } from '../lib/words/story.ts'

export default function TransactionPage(): JSX.Element {
  const params = useParams<{ hash: string }>()
  const transaction = createAsync(() => getTransaction(params.hash))
  const about = () => transaction()?.events.find((event) => event.challenge !== null)?.challenge
  const challenge = createAsync(async () => {
    const id = about()
    return id ? getChallenge(String(id)) : undefined
  })
  const submissions = createAsync(async () => {
    const id = about()
    return id ? getSubmissions(String(id)) : []
  })
  const told = (it: Transaction) => transactionStory(it, challenge(), submissions() ?? [], networkNow())
  return (
    <Given when={transaction()}>
      {(it) => (
        <article class="grid gap-8 max-w-200">
          <Title>Transaction</Title>
          <header class="grid gap-3">
            <p class="eyebrow">Transaction</p>
            <h1 class="text-xl font-600 text-pretty max-w-[60ch]">{told(it())[0]}</h1>
            <For each={told(it()).slice(1)}>{(sentence) => <p class="text-ink-2 max-w-[72ch]">{sentence}</p>}</For>
          </header>
          <section aria-labelledby="details" class="grid gap-1">
            <h2 id="details" class="section-title">
              Details
            </h2>
            <Facts
              wide
              rows={[
                [
                  'Hash',
                  <Hash value={it().hash} what="transaction hash" head={10} tail={10} {...explorer('tx', it().hash)} />,
                ],
                ['Ledger', <span class="num">{it().ledger.toLocaleString('en')}</span>],
                ['Closed', <Time at={it().closedAt} />],
                [
                  'Challenge',
                  <Given when={challenge()} fallback="none">
                    {(known) => (
                      <A class="link" href={`/challenges/${known().id}`}>
                        {titleOf(known())}
                      </A>
                    )}
                  </Given>,
                ],
              ]}
            />
          </section>
          <section aria-labelledby="events" class="grid gap-2">
            <h2 id="events" class="section-title">
              Events of the contract
            </h2>
            <ol class="grid gap-2">
              <For each={it().events}>
                {(event) => (
                  <li class="card px-4 py-3 grid gap-2 text-sm">
                    <p>{sentenceOf(event, challenge())}</p>
                    <details>
                      <summary class="text-ink-3 text-xs summary">Raw event {event.type}</summary>
                      <pre class="mt-2 text-xs font-mono whitespace-pre-wrap break-all text-ink-2">
                        {JSON.stringify(event, null, 2)}
                      </pre>
                    </details>
                  </li>
                )}
              </For>
            </ol>
          </section>
        </article>
      )}
    </Given>
  )
}

const explorer = (kind: 'tx', id: string) => {
  const href = explorerLink(kind, id)
  return href ? { href, external: true } : {}
}
