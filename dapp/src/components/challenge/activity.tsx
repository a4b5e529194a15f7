/** Everything that happened, by the contract's events, one sentence each. */
import { A, createAsync } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { getActivity } from '../../lib/read/api.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { config } from '../../lib/site/config.ts'
import { linkedParts } from '../../lib/words/linked.ts'
import { sentenceOf } from '../../lib/words/sentences.ts'
import { Hash } from '../ui/hash.tsx'
import { Time } from '../ui/time.tsx'

export function Activity(props: { challenge: Challenge }): JSX.Element {
  const page = createAsync(() => getActivity(String(props.challenge.id)))
  return (
    <Show when={page()}>
      <ol class="grid">
        <For each={page()?.data} fallback={<li class="text-ink-3 text-sm">Nothing has happened yet.</li>}>
          {(event) => (
            <li class="grid gap-x-5 gap-y-0.5 py-2.5 border-b border-line sm:grid-cols-[9rem_minmax(0,1fr)_auto] items-baseline text-sm">
              <Time at={event.closedAt} class="text-ink-3 text-xs" />
              <span class="text-ink text-pretty">
                <For each={linkedParts(sentenceOf(event, props.challenge), event.data)}>
                  {({ text, address }) => (
                    <Show when={address} fallback={text}>
                      <A class="link num" href={`/accounts/${address}`} title={address}>
                        {text}
                      </A>
                    </Show>
                  )}
                </For>
              </span>
              <Hash value={event.txHash} what="transaction" href={`/tx/${event.txHash}`} plain />
            </li>
          )}
        </For>
      </ol>
      <p class="mt-4 text-xs text-ink-3">
        From the contract's events. The same list for programs:{' '}
        <a class="link target num" href={`${config().apiUrl}/v1/events?challenge=${props.challenge.id}`}>
          /v1/events?challenge={props.challenge.id}
        </a>
      </p>
    </Show>
  )
}
