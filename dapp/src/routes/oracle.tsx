/** An oracle: whether it works now, what it serves and costs, what it did, and what that is worth. */
import { createAsync, useParams } from '@solidjs/router'
import { For, type JSX, Show, Suspense } from 'solid-js'
import { ChallengeRow } from '../components/challenge/row.tsx'
import { OracleNow } from '../components/oracle/now.tsx'
import { OracleRecord } from '../components/oracle/record.tsx'
import { OracleTrust } from '../components/oracle/trust.tsx'
import { Facts } from '../components/ui/facts.tsx'
import { Given } from '../components/ui/given.tsx'
import { Hash } from '../components/ui/hash.tsx'
import { Panel } from '../components/ui/panel.tsx'
import { Skeleton } from '../components/ui/skeleton.tsx'
import { Time } from '../components/ui/time.tsx'
import { Title } from '../components/ui/title.tsx'
import { createOracleMetadata, type OracleMetadata } from '../lib/oracle/metadata.ts'
import { readOracleStatus } from '../lib/oracle/status.ts'
import { createTask } from '../lib/reactive/task.ts'
import { getChallenges, getOracle } from '../lib/read/api.ts'
import { createLive } from '../lib/read/live.ts'
import type { OracleDetail } from '../lib/read/types.ts'
import { ipfsLink } from '../lib/site/links.ts'
import { shorten } from '../lib/words/format.ts'
import { LOWER_BOUND } from '../lib/words/known.ts'

export default function OraclePage(): JSX.Element {
  const params = useParams<{ address: string }>()
  createLive()
  const oracle = createAsync(() => getOracle(params.address))
  return (
    <Given when={oracle()}>
      {(it) => {
        const metadata = createOracleMetadata(() => it().metadata)
        const status = createTask(
          () => ({ url: it().url, address: it().address }),
          async (asked) => ({ said: await readOracleStatus(asked) }),
        )
        return (
          <div class="grid gap-8">
            <Title>{`Oracle ${metadata()?.name ?? shorten(it().address)}`}</Title>
            <Head oracle={it()} metadata={metadata()} />
            <Show when={it().lowerBound}>
              <p class="text-sm text-ink-2">{LOWER_BOUND}</p>
            </Show>
            <div class="grid gap-5 md:grid-cols-2">
              <OracleNow answer={status.value()} />
              <OracleRecord oracle={it()} />
              <OracleTrust oracle={it()} />
              <Keys oracle={it()} />
            </div>
            <Challenges address={it().address} />
          </div>
        )
      }}
    </Given>
  )
}

function Head(props: { oracle: OracleDetail; metadata: OracleMetadata | undefined }): JSX.Element {
  return (
    <header class="grid gap-2">
      <p class="eyebrow">Oracle</p>
      <h1 class="page-title [overflow-wrap:anywhere]">{props.metadata?.name ?? shorten(props.oracle.address)}</h1>
      <p class="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-3">
        <Hash value={props.oracle.address} what="oracle" href={`/accounts/${props.oracle.address}`} />
        <span class="break-all">{props.oracle.url}</span>
      </p>
      <Given when={props.metadata}>
        {(metadata) => (
          <p class="text-ink-2 max-w-[68ch] text-pretty [overflow-wrap:anywhere] empty:hidden">
            {metadata().description}
          </p>
        )}
      </Given>
      <Given when={props.metadata?.website}>
        {(website) => (
          <p class="text-sm">
            <a class="link break-all" href={website()} rel="noopener noreferrer nofollow" target="_blank">
              {website()}
            </a>{' '}
            <span class="text-ink-3">as the oracle states it; no one checked who it is</span>
          </p>
        )}
      </Given>
    </header>
  )
}

/** A submission is sealed to the key of its time, so that old ones stay of interest. */
function Keys(props: { oracle: OracleDetail }): JSX.Element {
  return (
    <Panel title="Keys and address" icon="lock">
      <Facts
        rows={props.oracle.keys.toReversed().map((key): [string, JSX.Element] => [
          `Version ${key.version}`,
          <span class="grid gap-0.5 justify-items-end">
            <Hash value={key.key} what={`key of version ${key.version}`} head={6} tail={6} />
            <span class="text-xs text-ink-3 break-all">{key.url}</span>
            <span class="text-xs text-ink-3">
              <Time at={key.at} /> ·{' '}
              <Hash value={key.metadata} what="metadata" href={ipfsLink(key.metadata)} external head={4} tail={4} />
            </span>
          </span>,
        ])}
      />
    </Panel>
  )
}

function Challenges(props: { address: string }): JSX.Element {
  const list = createAsync(() => getChallenges({ oracle: props.address, limit: 20 }))
  return (
    <section aria-labelledby="challenges" class="grid gap-3">
      <h2 id="challenges" class="section-title">
        Challenges that name it
      </h2>
      <Suspense fallback={<Skeleton lines={3} />}>
        <Given when={list()}>
          {(page) => (
            <Show
              when={page().data.length > 0}
              fallback={<p class="text-sm text-ink-3">No challenge has named this oracle yet.</p>}
            >
              <ul class="card divide-y divide-line overflow-hidden">
                <For each={page().data}>{(challenge) => <ChallengeRow challenge={challenge} />}</For>
              </ul>
              <Show when={page().next}>
                <p class="text-sm text-ink-3">The newest 20 are shown.</p>
              </Show>
            </Show>
          )}
        </Given>
      </Suspense>
    </section>
  )
}
