/** The network, this oracle's account on it, and what watches both. */
import { connect, networkName } from '@stellartrain/contracts-client'
import { networkId } from '@stellartrain/ipfs-content'
import { createReachable } from '../acceptance/reachable.ts'
import { createReceiving } from '../acceptance/receiving.ts'
import { createBalance } from '../chain/balance.ts'
import { createPollInterval } from '../chain/poll-interval.ts'
import { createWatch } from '../chain/watch.ts'
import { createIdentity } from '../challenge-files/identity.ts'
import type { ResolvedOptions } from '../options.ts'
import type { OnChain } from './parts.ts'

export async function wireChain(options: ResolvedOptions, signal: AbortSignal): Promise<OnChain> {
  const { networkPassphrase, contract, rpcUrl, log } = options
  const network = { name: networkName(networkPassphrase), passphrase: networkPassphrase, rpcUrl, contract }
  const chain = connect(network)
  const identity = createIdentity(options.secretKey, { networkPassphrase, contract })
  const interval = createPollInterval()
  return {
    chain,
    place: { network: await networkId(networkPassphrase), contract },
    identity,
    watch: createWatch(chain, identity.address, log, signal),
    interval,
    balance: createBalance(chain, identity.address, { log, now: options.monotonic, signal }),
    reachable: createReachable({
      url: options.publicUrl ?? null,
      ...{ address: identity.address, log, now: options.monotonic, signal },
    }),
    receiving: createReceiving(chain, identity.address, options.monotonic, signal),
    invokeOptions: () => ({ signal, pollMs: interval.pollMs() }),
  }
}
