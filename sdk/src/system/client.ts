/** The entry of the sdk: a StellarTrain deployment's chain, gateways, API and upload sessions in one value that every function takes first. */
import { type Chain, connect, type Rpc } from '@stellartrain/contracts-client'
import type { SystemConfig } from './config.ts'
import { createSessions, type Sessions } from './session.ts'

export type StellarTrain = {
  readonly config: SystemConfig
  readonly chain: Chain
  /** Trustless gateways, tried in turn. */
  readonly gateways: readonly string[]
  /** Sign-ins for uploads, kept while they last. */
  readonly sessions: Sessions
  readonly fetch: typeof fetch
}

export function createClient(
  config: SystemConfig,
  options: { rpc?: Rpc; fetch?: typeof fetch; gateways?: string[] } = {},
): StellarTrain {
  const fetcher = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const chain = connect(
    {
      name: config.network,
      passphrase: config.passphrase,
      rpcUrl: config.rpcUrl,
      contract: config.contract,
      friendbotUrl: config.friendbotUrl ?? null,
      explorerUrl: config.explorerUrl ?? null,
    },
    { fetch: fetcher, ...(options.rpc ? { rpc: options.rpc } : {}) },
  )
  return {
    config,
    chain,
    gateways: options.gateways ?? [config.ipfsUrl],
    sessions: createSessions(config),
    fetch: fetcher,
  }
}
