/** The foot of every page: how far the index has read, whether it is live, and where to check it. */
import { createAsync, revalidate } from '@solidjs/router'
import { ErrorBoundary, type JSX, onCleanup, Show, Suspense } from 'solid-js'
import { get, getMeta, unreachable } from '../lib/api.ts'
import { config } from '../lib/config.ts'
import { formatDuration } from '../lib/format.ts'
import { explorerLink } from '../lib/links.ts'
import { Given } from './ui/given.tsx'
import { Hash } from './ui/hash.tsx'
import { Icon } from './ui/icon.tsx'

const LATE_SECONDS = 30
const LOOK_MS = 10_000

export function Freshness(): JSX.Element {
  const look = async () => {
    if (document.visibilityState !== 'visible') return
    if (!unreachable()) return revalidate(getMeta.key)
    // After an outage everything on screen is read anew.
    await get('/v1/challenges?limit=1').then(
      () => revalidate(),
      () => undefined,
    )
  }
  const timer = setInterval(look, LOOK_MS)
  onCleanup(() => clearInterval(timer))
  return (
    <footer class="border-t border-line text-xs text-ink-3">
      <div class="max-w-280 mx-auto px-4 sm:px-6 py-4 flex flex-wrap items-center gap-x-5 gap-y-1">
        <Show
          when={!unreachable()}
          fallback={
            <span role="status" class="inline-flex items-center gap-1.5 text-bad font-600">
              <Icon name="alert" size={13} /> The index cannot be reached; figures are from before
            </span>
          }
        >
          <ErrorBoundary fallback={null}>
            <Suspense fallback={<span>Asking the index…</span>}>
              <Lag />
            </Suspense>
          </ErrorBoundary>
        </Show>
        <span class="inline-flex items-center gap-1">
          Contract <Hash value={config().contract} what="contract" {...linked()} />
        </span>
        <a class="link inline-flex items-center min-h-6" href={`${config().apiUrl}/docs`}>
          API
        </a>
        <span>No signature is needed to read.</span>
      </div>
    </footer>
  )
}

const linked = () => {
  const href = explorerLink('contract', config().contract)
  return href ? { href, external: true } : {}
}

function Lag(): JSX.Element {
  const meta = createAsync(() => getMeta())
  return (
    <Given when={meta()}>
      {(at) => (
        <span class={`inline-flex items-center gap-1.5 ${(at().lagSeconds ?? 0) > LATE_SECONDS ? 'text-wait' : ''}`}>
          <Icon name={(at().lagSeconds ?? 0) > LATE_SECONDS ? 'alert' : 'check'} size={13} />
          Index at ledger {at().ledger.toLocaleString('en')}
          {(at().lagSeconds ?? 0) > LATE_SECONDS ? `, ${formatDuration(at().lagSeconds ?? 0)} behind the network` : ''}
        </span>
      )}
    </Given>
  )
}
