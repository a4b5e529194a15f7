/** The challenge that the page's address names, read anew as its events come; another address is another page. */
import { createAsync, useParams } from '@solidjs/router'
import { type Accessor, type JSX, Show } from 'solid-js'
import { getChallenge } from '../../lib/read/api.ts'
import { createLive } from '../../lib/read/live.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { Given } from '../ui/given.tsx'

export function OfAddress(props: { children: (challenge: Accessor<Challenge>) => JSX.Element }): JSX.Element {
  const params = useParams<{ id: string }>()
  createLive(() => params.id)
  const challenge = createAsync(() => getChallenge(params.id))
  return (
    <Show when={params.id} keyed>
      <Given when={challenge()}>{(it) => props.children(it)}</Given>
    </Show>
  )
}
