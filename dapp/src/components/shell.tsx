/** What surrounds every page: name, navigation, network, wallet; below, how fresh the figures are. */
import { A, type RouteSectionProps, useLocation } from '@solidjs/router'
import { createEffect, createMemo, ErrorBoundary, type JSX, lazy, Show, Suspense } from 'solid-js'
import { quiet } from '../lib/reactive/quiet.ts'
import { config } from '../lib/site/config.ts'
import { networkName } from '../lib/site/networks.ts'
import { dialogOpen } from '../lib/wallet/session.ts'
import { Freshness } from './freshness.tsx'
import { ErrorView } from './ui/error-view.tsx'
import { Skeleton } from './ui/skeleton.tsx'
import { ConnectButton } from './wallet/connect-button.tsx'

const ConnectDialog = lazy(() => import('./wallet/connect-dialog.tsx'))

const navigation = [
  { href: '/', label: 'Challenges', end: true },
  { href: '/create', label: 'Create', end: false },
  { href: '/oracles', label: 'Oracles', end: false },
]

export function Shell(props: RouteSectionProps): JSX.Element {
  const location = useLocation()
  let main: HTMLElement | undefined
  let first = true
  // Once it was needed it stays: the dialog itself undoes what it did to the page when it closes.
  const everOpened = createMemo((before: boolean) => before || dialogOpen(), false)
  createEffect(() => {
    location.pathname
    if (!first) main?.focus({ preventScroll: true })
    first = false
  })
  return (
    <div class="min-h-dvh flex flex-col">
      <a
        href="#content"
        class="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:top-2 focus:left-2 focus:px-4 focus:py-2 focus:bg-surface focus:text-ink focus:rounded-md focusable"
      >
        Skip to content
      </a>
      <header class="bg-surface border-b border-line">
        <div class="max-w-280 mx-auto px-4 sm:px-6 flex flex-wrap items-center gap-x-6">
          <A
            href="/"
            class="tap py-1.5 flex items-center gap-2.5 text-ink font-600 tracking-tight no-underline focusable rounded-sm"
          >
            <img src="/favicon.svg" alt="" width="24" height="24" />
            StellarTrain
          </A>
          <Show when={!quiet()}>
            <nav aria-label="Main" class="order-last w-full sm:order-none sm:w-auto flex gap-5 -mt-1 sm:mt-0">
              {navigation.map((item) => (
                <A
                  href={item.href}
                  end={item.end}
                  class="tap min-w-11 inline-flex items-center text-sm font-500 no-underline border-b-2 border-solid focusable rounded-t-sm"
                  activeClass="text-ink border-accent"
                  inactiveClass="text-ink-3 border-transparent hover:text-ink"
                >
                  {item.label}
                </A>
              ))}
            </nav>
          </Show>
          <div class="ml-auto flex items-center gap-3 py-2">
            <span class="hidden min-[26rem]:inline text-xs text-ink-3">
              {networkName(config().passphrase, config())}
            </span>
            <ConnectButton />
          </div>
        </div>
      </header>
      <main
        id="content"
        tabindex="-1"
        ref={main}
        class={`flex-1 w-full max-w-280 mx-auto px-4 sm:px-6 pb-24 outline-none ${quiet() ? 'pt-3' : 'pt-6'}`}
      >
        <ErrorBoundary fallback={(error, reset) => <ErrorView error={error} reset={reset} />}>
          <Suspense fallback={<Skeleton lines={8} height="2.5rem" />}>{props.children}</Suspense>
        </ErrorBoundary>
      </main>
      <Show when={!quiet()}>
        <Freshness />
      </Show>
      <Show when={everOpened()}>
        <ErrorBoundary fallback={(error) => <ErrorView error={error} />}>
          <Suspense>
            <ConnectDialog />
          </Suspense>
        </ErrorBoundary>
      </Show>
    </div>
  )
}
