/** What the contract itself answers of a challenge whose entries no RPC shows: whether they are archived, or left out. */
import { type Chain, ChainFailure, ContractError, type State, viewed, views } from '@stellartrain/contracts-client'
import type { Rpcs } from '../source/rpcs.ts'

export type Told =
  /** A call that reads them would restore them first. */
  | { is: 'archived' }
  /** They are there, and whoever was asked for them left them out. */
  | { is: 'state'; state: State; ledger: number }
  /** The contract knows no such challenge. */
  | { is: 'none' }
  /** Nobody answers. */
  | { is: 'unknown' }

export async function askState(
  { chain, rpcs, signal }: { chain: Chain; rpcs: Rpcs; signal: AbortSignal },
  id: number,
): Promise<Told> {
  let none = false
  for (const rpc of rpcs.all) {
    try {
      const { result, archived, ledger } = await viewed({ ...chain, rpc }, views.state({ challenge: id }), { signal })
      return archived ? { is: 'archived' } : { is: 'state', state: result, ledger }
    } catch (error) {
      if (signal.aborted) throw error
      if (error instanceof ContractError) none = true
      else if (!(error instanceof ChainFailure)) throw error
    }
  }
  return none ? { is: 'none' } : { is: 'unknown' }
}
