/** Stub. */
import type { JSX } from 'solid-js'
export default function Page(): JSX.Element {
  return <p>soon</p>
}
