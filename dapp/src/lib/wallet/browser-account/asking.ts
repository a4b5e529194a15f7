/** Somebody is asked to open the account before it signs; the dialog answers. */
import { createSignal } from 'solid-js'
import type { Vault } from './vault.ts'

export type Asking = { vault: Vault; answer: (secret: string) => void; decline: () => void }

const [asking, setAsking] = createSignal<Asking>()

export { asking, setAsking }
