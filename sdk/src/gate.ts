/** Who admits solvers: a contract that the maker named. */
import { nativeToScVal, scValToNative } from '@stellar/stellar-sdk/base'
import { type Call, ChainFailure, ContractError, view } from '@stellartrain/contracts-client'
import { addressValue } from './address-value.ts'
import type { StellarTrain } from './client.ts'
import type { AbortOptions } from './options.ts'
import { UserError } from './problems.ts'

/**
 * Asks the gate as `submit` will. A gate that fails, or answers with anything but true, admits nobody.
 * @throws UserError `not_admitted`; ChainFailure while the RPC does not answer
 */
export async function checkGate(
  { chain }: StellarTrain,
  gate: string | null,
  of: { challenge: number; solver: string },
  { signal }: AbortOptions = {},
): Promise<void> {
  if (gate === null) return
  const call: Call<unknown> = {
    contract: gate,
    method: 'admits',
    args: [nativeToScVal(of.challenge, { type: 'u32' }), addressValue(of.solver)],
    decode: (value) => scValToNative(value) as unknown,
  }
  const admitted = await view(chain, call, { signal }).catch((error: unknown) => {
    const failed = error instanceof ChainFailure && error.code === 'simulation_failed'
    if (failed || error instanceof ContractError) return false
    throw error
  })
  if (admitted === true) return
  throw new UserError('not_admitted', `The gate ${gate} of this challenge does not admit ${of.solver}.`)
}
