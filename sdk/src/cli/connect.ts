/** What nearly every command begins with: the settings read, the client connected, the network and the contract confirmed. */
import type { Signer } from '@stellartrain/contracts-client'
import { createClient, type StellarTrain } from '../client.ts'
import type { SystemConfig } from '../config.ts'
import { checkDeployment } from '../deployment.ts'
import { type NetworkFlags, readConfig } from './config.ts'
import type { Io } from './io.ts'
import { readSigner } from './secret.ts'

export type Connection = {
  config: SystemConfig
  client: StellarTrain
  /** @throws UserError `bad_config` where there is no key to sign with */
  signer(): Signer
  /** For every call. */
  options: { signal: AbortSignal }
}

/** @throws UserError `bad_config`, `wrong_network`, `wrong_contract`; ChainFailure */
export async function connect(flags: NetworkFlags, io: Io): Promise<Connection> {
  const config = readConfig(flags, io)
  const client = createClient(config)
  const options = { signal: io.signal }
  await checkDeployment(client, options)
  return { config, client, options, signer: () => readSigner(flags, config, io) }
}
