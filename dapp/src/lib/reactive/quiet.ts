/** Whether the page is at work that nothing else should stand beside: then navigation and figures of the index are left out. */
import { createSignal, onCleanup } from 'solid-js'

const [users, setUsers] = createSignal(0)

export const quiet = (): boolean => users() > 0

/** As long as what calls it is on screen. */
export function keepQuiet(): void {
  setUsers((count) => count + 1)
  onCleanup(() => setUsers((count) => count - 1))
}
