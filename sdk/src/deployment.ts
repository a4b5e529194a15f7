/** Whether a client's settings are about the same thing: the RPC's network is the configured one, and the contract on it is ours. */
import { ChainFailure, instanceKey, readEntry, view, views } from '@stellartrain/contracts-client'
import type { StellarTrain } from './client.ts'
import { parseContract } from './names.ts'
import type { AbortOptions } from './options.ts'
import { UserError } from './problems.ts'

/** @throws UserError `wrong_network`, `wrong_contract`, `bad_value`; ChainFailure while the RPC does not answer */
export async function checkDeployment({ chain, config }: StellarTrain, { signal }: AbortOptions = {}): Promise<void> {
  const contract = parseContract(config.contract)
  const { passphrase } = await chain.rpc.request<{ passphrase: string }>('getNetwork', undefined, { signal })
  if (passphrase !== config.passphrase)
    throw new UserError(
      'wrong_network',
      `The RPC at ${config.rpcUrl} serves the network "${passphrase}", but the network passphrase is set to "${config.passphrase}".`,
    )
  try {
    const { min_patience } = await view(chain, views.config(), { signal })
    if (typeof min_patience === 'bigint') return
  } catch (error) {
    // A refusal in words, an unknown function and an answer of another shape are all another contract's.
    if (error instanceof ChainFailure && error.retryable) throw error
    if (!(error instanceof Error) || signal?.aborted) throw error
  }
  const there = await readEntry(chain, instanceKey(contract), { signal })
  throw new UserError(
    'wrong_contract',
    there
      ? `The contract ${contract} exists on "${passphrase}", but it is not a StellarTrain contract.`
      : `There is no contract ${contract} on "${passphrase}".`,
  )
}
