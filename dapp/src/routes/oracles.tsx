/** Who grades: how much, how often in agreement, how fast; and how to run one. */
import { createAsync } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { speedOf } from '../components/oracle/record.tsx'
import { OracleLine } from '../components/oracle-line.tsx'
import { Empty } from '../components/ui/empty.tsx'
import { Facts } from '../components/ui/facts.tsx'
import { Given } from '../components/ui/given.tsx'
import { Hash } from '../components/ui/hash.tsx'
import { Time } from '../components/ui/time.tsx'
import { Title } from '../components/ui/title.tsx'
import { oracleCommands } from '../lib/oracle/command.ts'
import { getOracles } from '../lib/read/api.ts'
import { createLive } from '../lib/read/live.ts'
import type { Oracle } from '../lib/read/types.ts'
import { config } from '../lib/site/config.ts'

export default function Oracles(): JSX.Element {
  createLive()
  const oracles = createAsync(() => getOracles())
  return (
    <div class="grid gap-8">
      <Title>Oracles</Title>
      <header class="grid gap-1">
        <h1 class="page-title">Oracles</h1>
        <p class="text-ink-2 max-w-[68ch] text-pretty">
          Oracles decrypt the submissions, compute the scores and post them. Anyone can run one. Grading is
          deterministic, so a vote that differs from the others stays on record, and so does a vote that is missing; of
          three or five oracles no single one decides.
        </p>
      </header>
      <Given when={oracles()}>
        {(list) => (
          <Show
            when={list().length > 0}
            fallback={
              <Empty title="No oracle has registered on this network">
                Challenges can be created as soon as there is one. Running an oracle takes a key, an RPC address and a
                few minutes; see below.
              </Empty>
            }
          >
            <ul class="md:hidden card divide-y divide-line">
              <For each={list()}>{(oracle) => <Card oracle={oracle} />}</For>
            </ul>
            <div class="hidden md:block card relative overflow-x-auto">
              <table class="w-full min-w-200 border-collapse">
                <thead class="border-b border-line">
                  <tr>
                    <For
                      each={[
                        'Oracle',
                        'Challenges',
                        'Votes',
                        'Agreed',
                        'Against',
                        'Missing',
                        'Half within',
                        'Key since',
                      ]}
                    >
                      {(name, index) => (
                        <th
                          scope="col"
                          class={`th ${index() > 0 && index() < 7 ? 'text-right' : ''} ${index() === 0 ? 'pl-5' : ''}`}
                        >
                          {name}
                        </th>
                      )}
                    </For>
                  </tr>
                </thead>
                <tbody class="divide-y divide-line">
                  <For each={list()}>{(oracle) => <Row oracle={oracle} />}</For>
                </tbody>
              </table>
            </div>
          </Show>
        )}
      </Given>
      <section aria-labelledby="run" class="grid gap-3 max-w-[72ch]">
        <h2 id="run" class="section-title">
          Run an oracle
        </h2>
        <p class="text-sm text-ink-2">
          One process, no database: the chain is its queue, so losing a disk loses nothing. <code>init</code> creates a
          key and the settings, <code>run</code> starts it. Use your own URL and name, and fund the account. The oracle
          registers its encryption key, accepts the challenges that name it, and grades their submissions. Run both in a
          clone of the StellarTrain repository, after <code>npm install</code>.
        </p>
        <section
          class="relative overflow-x-auto rounded-md bg-sunken focusable"
          tabindex="0"
          aria-label="How to start an oracle"
        >
          <pre class="p-4 text-xs font-mono text-ink-2">{oracleCommands(config())}</pre>
        </section>
        <p class="text-sm text-ink-2">
          Each final verdict earns the challenge's fee from the maker's fee budget. An oracle knows the truth of what it
          grades, so the contract refuses its address as a solver there.
        </p>
      </section>
    </div>
  )
}

/** On a phone: the same figures under each other. */
function Card(props: { oracle: Oracle }): JSX.Element {
  const it = () => props.oracle
  return (
    <li class="px-4 py-4 grid gap-2">
      <Named oracle={it()} />
      <Facts
        rows={[
          ['Challenges accepted', String(it().record.accepted)],
          ['Votes', `${it().votes}: ${it().agreed} agreed, ${it().disagreed} against, ${it().unavailable} unavailable`],
          ['Missing', String(it().missing)],
          ['Half within', speedOf(it())],
          ['Key', `version ${it().keyVersion}`],
        ]}
      />
    </li>
  )
}

function Named(props: { oracle: Oracle }): JSX.Element {
  return (
    <div class="grid gap-0.5 min-w-0">
      <Hash value={props.oracle.address} what="oracle" href={`/oracles/${props.oracle.address}`} />
      <span class="text-xs text-ink-3 break-all">{props.oracle.url}</span>
      <OracleLine url={props.oracle.url} address={props.oracle.address} />
    </div>
  )
}

function Row(props: { oracle: Oracle }): JSX.Element {
  const it = () => props.oracle
  return (
    <tr>
      <td class="td pl-5">
        <Named oracle={it()} />
      </td>
      <td class="td num text-right">{it().record.accepted}</td>
      <td class="td num text-right">{it().votes}</td>
      <td class="td num text-right">{it().agreed}</td>
      <td class={`td num text-right ${it().disagreed > 0 ? 'text-bad' : ''}`}>{it().disagreed}</td>
      <td class={`td num text-right ${it().missing > 0 ? 'text-wait' : ''}`}>{it().missing}</td>
      <td class="td text-right whitespace-nowrap">{speedOf(it())}</td>
      <td class="td whitespace-nowrap">
        <span class="num">v{it().keyVersion}</span> <Time at={it().registeredAt} class="text-xs text-ink-3" />
      </td>
    </tr>
  )
}
