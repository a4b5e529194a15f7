/** A local Stellar network in the process: the official contract host behind the Stellar RPC interface. */
export { DEFAULT_PASSPHRASE, type Devnet, type DevnetOptions, startDevnet } from './devnet.ts'
export { DevnetError } from './errors.ts'
export type { Snapshot } from './node.ts'
export type { Costs } from './record.ts'
export type { Profile } from './settings.ts'
