/** What a contract itself answers where no RPC shows its entries: whether they are archived, left out, or not there. */
import {
  type Call,
  type Chain,
  ChainFailure,
  ContractError,
  type State,
  type Viewed,
  viewed,
  views,
} from '@stellartrain/contracts-client'
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

type Asking = { chain: Chain; rpcs: Rpcs; signal: AbortSignal }

export async function askState(asking: Asking, id: number): Promise<Told> {
  const answer = await askView(asking, views.state({ challenge: id }))
  if (answer === 'refused') return { is: 'none' }
  if (answer === 'unknown') return { is: 'unknown' }
  const { result, archived, ledger } = answer
  return archived ? { is: 'archived' } : { is: 'state', state: result, ledger }
}

/** What the first RPC that carries the call out says; 'refused': the contract fails it; 'unknown': nobody answers. */
export async function askView<T>(
  { chain, rpcs, signal }: Asking,
  call: Call<T>,
): Promise<Viewed<T> | 'refused' | 'unknown'> {
  let refused = false
  for (const rpc of rpcs.all) {
    try {
      return await viewed({ ...chain, rpc }, call, { signal })
    } catch (error) {
      if (signal.aborted) throw error
      if (error instanceof ContractError) refused = true
      else if (!(error instanceof ChainFailure)) throw error
    }
  }
  return refused ? 'refused' : 'unknown'
}
