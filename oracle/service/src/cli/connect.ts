/** An oracle's settings, and one connection to its network made of them. */
import { type Chain, connect, type Network, networkName } from '@stellartrain/contracts-client'
import { createIdentity, type Identity } from '../challenge-files/identity.ts'
import { type Config, readConfig } from '../config.ts'
import { homeOf, type Io, requireOracle } from './command.ts'
import { loadSettings } from './settings.ts'

export type Connected = Readonly<{ config: Config; chain: Chain; identity: Identity; network: Network; home: string }>

/** @throws UsageError where there is no oracle, ConfigError that names every missing setting */
export function connected(given: string | undefined, io: Io): Connected {
  const home = homeOf(given, io)
  requireOracle(home, io)
  const config = readConfig(loadSettings(home, io.env))
  const { networkPassphrase, rpcUrl, contract } = config
  const network = { name: networkName(networkPassphrase), passphrase: networkPassphrase, rpcUrl, contract }
  const identity = createIdentity(config.secretKey, { networkPassphrase, contract })
  return { config, chain: connect(network), identity, network, home }
}
