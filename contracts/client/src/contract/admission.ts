/** Whether a challenge's gate admits somebody, asked as `submit` will ask. */
import { Address, nativeToScVal, scValToNative } from '@stellar/stellar-sdk/base'
import { ContractError } from '../errors.ts'
import { ChainFailure } from '../failures.ts'
import type { Chain } from '../rpc/chain.ts'
import type { ReadOptions } from '../rpc/ledger.ts'
import { type Call, view } from '../transaction/simulate.ts'

/**
 * A gate that fails, or answers with anything but true, admits nobody; without a gate everybody may come.
 * @throws ChainFailure while the RPC does not answer
 */
export async function isAdmitted(
  chain: Chain,
  gate: string | null,
  of: { challenge: number; solver: string },
  options: ReadOptions = {},
): Promise<boolean> {
  if (gate === null) return true
  const call: Call<unknown> = {
    contract: gate,
    method: 'admits',
    args: [nativeToScVal(of.challenge, { type: 'u32' }), new Address(of.solver).toScVal()],
    decode: (value) => scValToNative(value) as unknown,
  }
  const admitted = await view(chain, call, options).catch((error: unknown) => {
    const failed = error instanceof ChainFailure && error.code === 'simulation_failed'
    if (failed || error instanceof ContractError) return false
    throw error
  })
  return admitted === true
}
