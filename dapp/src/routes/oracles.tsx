/** Who grades: how much, how often in agreement, how fast; and how to run one. */
import { createAsync } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { OracleLine } from '../components/oracle-line.tsx'
import { Empty } from '../components/ui/empty.tsx'
import { Given } from '../components/ui/given.tsx'
import { Hash } from '../components/ui/hash.tsx'
import { Time } from '../components/ui/time.tsx'
import { Title } from '../components/ui/title.tsx'
import { getOracles } from '../lib/api.ts'
import { config } from '../lib/config.ts'
import { formatDuration } from '../lib/format.ts'
import { createLive } from '../lib/live.ts'
import type { Oracle } from '../lib/types.ts'

export default function Oracles(): JSX.Element {
  createLive()
  const oracles = createAsync(() => getOracles())
  return (
    <div class="grid gap-8">
      <Title>Oracles</Title>
      <header class="grid gap-1">
        <h1 class="page-title">Oracles</h1>
        <p class="text-ink-2 max-w-[68ch] text-pretty">
          They open the sealed submissions, compute the score and post it. Anyone can be one. Grading is deterministic,
          so a vote that differs from the others stays on record; with a quorum no single one decides.
        </p>
      </header>
      <Given when={oracles()}>
        {(list) => (
          <Show
            when={list().length > 0}
            fallback={
              <Empty title="No oracle has registered on this network">
                Challenges can be created once there is one. Running one takes a key, an RPC address and a few minutes;
                see below.
              </Empty>
            }
          >
            <div class="card relative overflow-x-auto">
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
                        'Missed',
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
          Run one
        </h2>
        <p class="text-sm text-ink-2">
          One process, no database: the chain is its queue, so a lost disk loses nothing. It needs a funded account's
          key, an RPC address, an IPFS node, and the contract's id. It registers its encryption key, accepts the
          challenges that name it, and grades what comes.
        </p>
        <pre class="rounded-md bg-sunken p-4 text-xs font-mono overflow-x-auto text-ink-2 focusable whitespace-pre-wrap break-all">
          {`ORACLE_SECRET_KEY=S… \\
RPC_URL=${config().rpcUrl} \\
IPFS_URL=${config().ipfsUrl} \\
CONTRACT_ADDRESS=${config().contract} \\
NETWORK_PASSPHRASE="${config().passphrase}" \\
npx node oracle/service/src/main.ts`}
        </pre>
        <p class="text-sm text-ink-2">
          Each verdict that becomes final earns the challenge's fee, out of the maker's fee budget. An oracle knows the
          truth of what it grades; the contract refuses its own address as a solver there.
        </p>
      </section>
    </div>
  )
}

function Row(props: { oracle: Oracle }): JSX.Element {
  const it = () => props.oracle
  return (
    <tr>
      <td class="td pl-5">
        <div class="grid gap-0.5">
          <Hash value={it().address} what="oracle" href={`/accounts/${it().address}`} />
          <span class="text-xs text-ink-3 break-all">{it().url}</span>
          <OracleLine url={it().url} address={it().address} />
        </div>
      </td>
      <td class="td num text-right">{it().accepted}</td>
      <td class="td num text-right">{it().votes}</td>
      <td class="td num text-right">{it().agreed}</td>
      <td class={`td num text-right ${it().disagreed > 0 ? 'text-bad' : ''}`}>{it().disagreed}</td>
      <td class="td num text-right">{it().missed}</td>
      <td class="td num text-right whitespace-nowrap">
        {it().medianSecondsToVote === null ? 'no vote yet' : formatDuration(it().medianSecondsToVote ?? 0)}
      </td>
      <td class="td whitespace-nowrap">
        <span class="num">v{it().keyVersion}</span> <Time at={it().registeredAt} class="text-xs text-ink-3" />
      </td>
    </tr>
  )
}
