/**
 * Shows something of a value while there is one, like `<Show>` with a function child, and safely beside transitions.
 *
 * What a transition has made, and not shown yet, also runs outside of it, whenever something ticks that it reads (the clock).
 * Out there the value is not known yet, and `<Show>` throws "Stale read from <Show>". Here the value last seen is kept beside
 * the signals, where both sides find it.
 */
import { type Accessor, createMemo, type JSX, Show, untrack } from 'solid-js'

type Something<T> = Exclude<T, undefined | null | false | '' | 0>

export function Given<T>(props: {
  when: T
  fallback?: JSX.Element
  children: (value: Accessor<Something<T>>) => JSX.Element
}): JSX.Element {
  let seen: T
  const current = createMemo(() => {
    const now = props.when
    if (now) seen = now
    return now
  })
  const value = () => (current() || seen) as Something<T>
  const present = createMemo(() => Boolean(current()))
  return (
    <Show when={present()} fallback={props.fallback}>
      {untrack(() => props.children(value))}
    </Show>
  )
}
