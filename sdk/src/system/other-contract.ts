/** Asking a contract that may be of any kind: what it cannot answer is no failure of ours. */
import { ChainFailure, ContractError } from '@stellartrain/contracts-client'

/** Null where the contract has no such call, refuses it, or answers with something else. @throws ChainFailure while the RPC does not answer */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ContractError || error instanceof TypeError) return null
    if (error instanceof ChainFailure && ['simulation_failed', 'not_found'].includes(error.code)) return null
    throw error
  }
}
