/** Whether the settings of a service belong together: the RPC serves the configured network, and the contract there is ours. */

import { views } from '../contract/views.ts'
import { ContractError } from '../errors.ts'
import { ChainFailure } from '../failures.ts'
import { EVENT_VERSION } from '../generated/events.js'
import type { Config } from '../generated/types.js'
import type { Chain } from '../rpc/chain.ts'
import { hostOf } from '../rpc/host.ts'
import { instanceKey } from '../rpc/keys.ts'
import { type ReadOptions, readEntry } from '../rpc/ledger.ts'
import { view } from '../transaction/simulate.ts'

/**
 * @returns what was fixed when the contract was deployed
 * @throws ChainFailure `wrong_network`, `no_contract`, `wrong_contract`, each with a sentence about both sides; others while
 * the RPC does not answer
 */
export async function checkDeployment(chain: Chain, options: ReadOptions = {}): Promise<Config> {
  const { contract, passphrase } = chain.network
  const served = await chain.rpc.request<{ passphrase?: string }>('getNetwork', undefined, { signal: options.signal })
  if (served.passphrase !== passphrase)
    throw new ChainFailure(
      'wrong_network',
      `The RPC at ${hostOf(chain.rpc.url)} serves the network "${served.passphrase}", but the configured passphrase is "${passphrase}". Set both for the same network.`,
    )
  const config = await answer(chain, options)
  if (config?.event_version === EVENT_VERSION) return config
  const named = `The contract ${contract} on the network "${passphrase}"`
  if (config)
    throw new ChainFailure(
      'wrong_contract',
      `${named} writes events of version ${config.event_version}, and this program reads version ${EVENT_VERSION}. Use the contract and the program of the same release.`,
    )
  const exists = (await readEntry(chain, instanceKey(contract), options)) !== undefined
  throw exists
    ? new ChainFailure('wrong_contract', `${named} is not a StellarTrain contract.`)
    : new ChainFailure(
        'no_contract',
        `There is no contract ${contract} on the network "${passphrase}". Check CONTRACT_ADDRESS and the network, which was perhaps reset.`,
      )
}

/** What the contract was deployed with; undefined for a contract that is not ours. */
async function answer(chain: Chain, options: ReadOptions): Promise<Config | undefined> {
  try {
    const config = await view(chain, views.config(), options)
    return Number.isInteger(config?.event_version) && typeof config.min_patience === 'bigint' ? config : undefined
  } catch (error) {
    // An unknown function, a refusal that is not one of ours, and an answer of another shape.
    if (error instanceof ContractError || error instanceof TypeError) return undefined
    if (error instanceof ChainFailure && error.code === 'simulation_failed') return undefined
    throw error
  }
}
