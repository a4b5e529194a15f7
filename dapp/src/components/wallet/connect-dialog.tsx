/** Stub. */
import type { JSX } from 'solid-js'
export default function ConnectDialog(): JSX.Element {
  return null
}
