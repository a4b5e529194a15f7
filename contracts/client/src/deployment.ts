/** Whether the settings of a service belong together: the RPC serves the configured network, and the contract there is ours. */
import type { Chain } from './chain.ts'
import { ContractError } from './errors.ts'
import { ChainFailure } from './failures.ts'
import { hostOf } from './host.ts'
import { instanceKey } from './keys.ts'
import { type ReadOptions, readEntry } from './ledger.ts'
import { view } from './simulate.ts'
import { views } from './views.ts'

/**
 * @throws ChainFailure `wrong_network`, `no_contract`, `wrong_contract`, each with a sentence about both sides; others while
 * the RPC does not answer
 */
export async function checkDeployment(chain: Chain, options: ReadOptions = {}): Promise<void> {
  const { contract, passphrase } = chain.network
  const served = await chain.rpc.request<{ passphrase?: string }>('getNetwork', undefined, { signal: options.signal })
  if (served.passphrase !== passphrase)
    throw new ChainFailure(
      'wrong_network',
      `The RPC at ${hostOf(chain.rpc.url)} serves the network "${served.passphrase}", but the configured passphrase is "${passphrase}". Set both for the same network.`,
    )
  if (await answersAsOurs(chain, options)) return
  const exists = (await readEntry(chain, instanceKey(contract), options)) !== undefined
  throw exists
    ? new ChainFailure(
        'wrong_contract',
        `The contract ${contract} on the network "${passphrase}" is not a StellarTrain contract.`,
      )
    : new ChainFailure('no_contract', `There is no contract ${contract} on the network "${passphrase}".`)
}

async function answersAsOurs(chain: Chain, options: ReadOptions): Promise<boolean> {
  try {
    return Number.isInteger(await view(chain, views.challenges(), options))
  } catch (error) {
    // An unknown function, and a refusal that is not one of ours.
    if (error instanceof ContractError || (error instanceof ChainFailure && error.code === 'simulation_failed'))
      return false
    throw error
  }
}
