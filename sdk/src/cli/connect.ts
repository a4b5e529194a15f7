/** What nearly every command begins with: the settings read, the client connected, the network and the contract confirmed. */
import { checkDeployment, type Signer } from '@stellartrain/contracts-client'
import { createClient, type StellarTrain } from '../system/client.ts'
import type { SystemConfig } from '../system/config.ts'
import { parseContract } from '../system/names.ts'
import { type NetworkFlags, readConfig } from './config.ts'
import type { Io } from './io.ts'
import { readSeed, readSigner } from './secret.ts'

export type Connection = {
  config: SystemConfig
  client: StellarTrain
  /** @throws UserError `bad_config` where there is no key to sign with */
  signer(): Signer
  /** The raw seed of that key, from which an oracle's registered keys follow. */
  seed(): Uint8Array
  /** For every call. */
  options: { signal: AbortSignal }
}

/** @throws UserError `bad_config`, `bad_value`; ChainFailure, among them `wrong_network`, `no_contract`, `wrong_contract` */
export async function connect(flags: NetworkFlags, io: Io): Promise<Connection> {
  const config = readConfig(flags, io)
  parseContract(config.contract)
  const client = createClient(config)
  const options = { signal: io.signal }
  await checkDeployment(client.chain, options)
  return {
    config,
    client,
    options,
    signer: () => readSigner(flags, config, io),
    seed: () => readSeed(flags, config, io),
  }
}
