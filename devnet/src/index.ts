/** A local Stellar network in the process: the official contract host behind the Stellar RPC interface. */

export type { Snapshot } from './chain/node.ts'
export { DEFAULT_PASSPHRASE, type Devnet, type DevnetOptions, startDevnet } from './devnet.ts'
export { DevnetError } from './errors.ts'
export type { Costs } from './history/record.ts'
export type { Profile } from './settings.ts'
