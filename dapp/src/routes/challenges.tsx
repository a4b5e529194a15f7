/** The first page: what can be won now, with the money already locked. */
import { createAsync, useLocation, useSearchParams } from '@solidjs/router'
import { createMemo, For, type JSX, Show, Suspense } from 'solid-js'
import { Filters } from '../components/challenge/filters.tsx'
import { ChallengeRow } from '../components/challenge/row.tsx'
import { TotalsLine } from '../components/challenge/totals.tsx'
import { Button, LinkButton } from '../components/ui/button.tsx'
import { Empty } from '../components/ui/empty.tsx'
import { Given } from '../components/ui/given.tsx'
import { Notice } from '../components/ui/notice.tsx'
import { Skeleton } from '../components/ui/skeleton.tsx'
import { Title } from '../components/ui/title.tsx'
import { getChallenges } from '../lib/read/api.ts'
import { filterFromSearch } from '../lib/read/filter.ts'
import { createLive } from '../lib/read/live.ts'
import { openFirst } from '../lib/words/phases.ts'

export default function Challenges(): JSX.Element {
  createLive()
  return (
    <>
      <Title>Challenges</Title>
      <div class="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div class="grid gap-1">
          <h1 class="page-title">Challenges</h1>
          <p class="text-ink-2 max-w-[60ch] text-pretty">
            The whole prize is locked before you start. The contract pays what your work earns; no one has to approve
            it.
          </p>
        </div>
        <LinkButton href="/create" icon="plus">
          Create a challenge
        </LinkButton>
      </div>
      <TotalsLine />
      <Filters />
      <Suspense fallback={<Skeleton lines={6} height="4.5rem" />}>
        <List />
      </Suspense>
    </>
  )
}

function List(): JSX.Element {
  const location = useLocation()
  const [, setSearch] = useSearchParams()
  const asked = createMemo(() => filterFromSearch(new URLSearchParams(location.search)))
  const filter = () => asked().filter
  const page = createAsync(() => getChallenges(filter()))
  const rows = () => (filter().sort ? page()?.data : openFirst(page()?.data ?? []))
  return (
    <>
      <Show when={asked().unknown.length > 0}>
        <div class="mb-4">
          <Notice tone="info">
            {`The link asks for ${asked()
              .unknown.map((key) => `${key === 'asset' ? 'an' : 'a'} ${key === 'sort' ? 'sort order' : key}`)
              .join(' and ')} that this list does not have, so it is ignored.`}
          </Notice>
        </div>
      </Show>
      <Given when={page()}>
        {(current) => (
          <Show
            when={current().data.length > 0}
            fallback={
              <Empty title="No challenge found" action={<LinkButton href="/create">Create a challenge</LinkButton>}>
                No challenge matches. Clear a filter, or create one of your own, with one signature.
              </Empty>
            }
          >
            <ul class="card divide-y divide-line overflow-hidden">
              <For each={rows()}>{(challenge) => <ChallengeRow challenge={challenge} />}</For>
            </ul>
            <nav aria-label="Pages" class="mt-4 flex gap-2 empty:hidden">
              <Show when={filter().cursor}>
                <Button icon="back" onClick={() => setSearch({ cursor: undefined })}>
                  First page
                </Button>
              </Show>
              <Given when={current().next}>
                {(next) => (
                  <Button icon="arrow" onClick={() => setSearch({ cursor: next() })}>
                    More
                  </Button>
                )}
              </Given>
            </nav>
          </Show>
        )}
      </Given>
    </>
  )
}
