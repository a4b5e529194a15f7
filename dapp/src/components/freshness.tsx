/** The foot of every page: how far the index has read, whether it is live, and where to check it. */
import { revalidate } from '@solidjs/router'
import { createMemo, createSignal, type JSX, onCleanup } from 'solid-js'
import { createOwnNow } from '../lib/reactive/clock.ts'
import { answeredAt, readMeta, unreachable } from '../lib/read/api.ts'
import type { Meta } from '../lib/read/types.ts'
import { config } from '../lib/site/config.ts'
import { explorerLink } from '../lib/site/links.ts'
import { freshnessOf, LOOK_MS } from '../lib/words/freshness.ts'
import { Hash } from './ui/hash.tsx'
import { Icon, type IconName } from './ui/icon.tsx'

const looks: Record<ReturnType<typeof freshnessOf>['tone'], { icon: IconName; ink: string }> = {
  good: { icon: 'check', ink: '' },
  none: { icon: 'clock', ink: '' },
  wait: { icon: 'alert', ink: 'text-wait font-600' },
  bad: { icon: 'alert', ink: 'text-bad font-600' },
}

export function Freshness(): JSX.Element {
  const openedAt = Date.now()
  const now = createOwnNow()
  const [meta, setMeta] = createSignal<Meta>()
  let asking = false
  const look = async () => {
    if (document.visibilityState !== 'visible' || asking) return
    asking = true
    const away = unreachable()
    try {
      setMeta(await readMeta())
      // After an outage everything on screen is read anew.
      if (away) void revalidate()
    } catch {
      // `unreachable` says so.
    } finally {
      asking = false
    }
  }
  void look()
  const timer = setInterval(look, LOOK_MS)
  onCleanup(() => clearInterval(timer))
  const state = createMemo(() =>
    freshnessOf({
      ...{ unreachable: unreachable(), answeredAt: answeredAt(), openedAt, now: now() },
      ...{ ledger: meta()?.ledger, lagSeconds: meta()?.lagSeconds },
    }),
  )
  return (
    <footer class="border-t border-line text-xs text-ink-3">
      <div class="max-w-280 mx-auto px-4 sm:px-6 py-4 flex flex-wrap items-center gap-x-5 gap-y-1">
        <span role="status" class={`inline-flex items-center gap-1.5 ${looks[state().tone].ink}`}>
          <Icon name={looks[state().tone].icon} size={13} /> {state().text}
        </span>
        <span class="inline-flex items-center gap-1">
          Contract <Hash value={config().contract} what="contract" {...linked()} />
        </span>
        <a class="link tap inline-flex items-center" href={`${config().apiUrl}/docs`}>
          API
        </a>
        <span>Reading needs no wallet and no signature.</span>
      </div>
    </footer>
  )
}

const linked = () => {
  const href = explorerLink('contract', config().contract)
  return href ? { href, external: true } : {}
}
