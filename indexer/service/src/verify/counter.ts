/** How many challenges the contract has: whoever says so decides what is absent, so nobody is believed alone or at once. */
import { scValToNative } from '@stellar/stellar-sdk/base'
import { type Chain, ChainFailure, type Rpc, readEntry, storage, view, views } from '@stellartrain/contracts-client'
import type { Log } from '@stellartrain/service'
import type { ClientBase } from 'pg'
import type { Rpcs } from '../source/rpcs.ts'
import { lockProgress, transaction } from '../store/commit.ts'

/** The contract counts in 32 bits; a column of the tables holds 31. */
const MOST = 2_147_483_647
/** More than a ledger of the public network has room for. */
const MOST_A_LEDGER = 1_000
/** Where nothing is known yet, and where ledgers were lost. */
const MOST_AT_ONCE = 10_000_000

type Deps = { client: ClientBase; chain: Chain; rpcs: Rpcs; signal: AbortSignal; log: Log }

type Row = { ledger: number; verified: number | null; challenges: number | null }

/** Remembers what was said the last time: where there is one RPC, only an answer that is repeated counts. */
export function createCounter(deps: Deps) {
  const { client, rpcs, log } = deps
  let last: number | null = null
  let told = ''

  /** Each once, until something else is said. */
  function tell(event: string, fields: Record<string, string | number>): void {
    const text = JSON.stringify([event, fields])
    if (text !== told) log.warn(event, fields)
    told = text
  }

  /** What two answers support. They may be of two moments, and the contract only ever counts up. */
  function supported(known: number | null, said: number, other: number): number | null {
    if (said === other) return said
    if (known === null) return null
    if (said > known && other > known) return Math.min(said, other)
    return said === known || other === known ? known : null
  }

  /** @returns whether the number in the tables is the contract's, as far as can be known; false: not yet, or it is in dispute */
  async function take(said: number): Promise<boolean> {
    const { rows } = await client.query('select ledger, verified_ledger as verified, challenges from sync')
    const [row] = rows as Row[]
    if (!row) return false
    const before = last
    last = said
    if (!isReasonable(said, row)) {
      tell('counter_refused', { said, known: row.challenges ?? 'nothing' })
      return false
    }
    const second = rpcs.all.length > 1 ? await others(said, row.challenges) : null
    const other = second ?? (said === row.challenges ? said : before)
    if (other === null) return false
    const count = supported(row.challenges, said, other)
    if (second !== null && second !== said) tell('rpcs_disagree', { what: 'challenges', said, other: second })
    if (count === null) return false
    await keep(count)
    // Alone, it says so again before it is believed; in a dispute, what was known before stands.
    return second !== null || count === said
  }

  /** What another RPC says: one that says the same, if there is one. null: none answers. */
  async function others(said: number, known: number | null): Promise<number | null> {
    let heard: number | null = null
    let agreed = 0
    for (const rpc of rpcs.all) {
      const count = await ask(deps, rpc)
      if (count === null) continue
      // The one that said it is among them.
      if (count === said && ++agreed === 2) return said
      if (count !== said && (heard === null || count === known)) heard = count
    }
    return heard
  }

  async function keep(count: number): Promise<void> {
    await transaction(client, async () => {
      await lockProgress(client)
      const { rowCount } = await client.query(
        'update sync set challenges = $1, revision = revision + 1 where challenges is distinct from $1',
        [count],
      )
      // What was believed to be archived because somebody counted it.
      if (rowCount) await client.query("delete from incomplete where reason = 'archived' and challenge > $1", [count])
    })
  }

  return { take }
}

function isReasonable(said: number, { ledger, verified, challenges }: Row): boolean {
  if (!Number.isInteger(said) || said < 0 || said > MOST) return false
  if (challenges === null || verified === null) return said <= MOST_AT_ONCE
  return said - challenges <= MOST_A_LEDGER * Math.max(1, ledger - verified + 1)
}

/** null: it does not answer. */
async function ask({ chain, signal }: Deps, rpc: Rpc): Promise<number | null> {
  const one = { ...chain, rpc }
  try {
    const entry = await readEntry(one, storage.nextChallenge(chain.network.contract), { signal })
    return entry?.data.type === 'contractData'
      ? Number(scValToNative(entry.data.contractData.val)) - 1
      : await view(one, views.challenges(), { signal })
  } catch (error) {
    if (signal.aborted || !(error instanceof ChainFailure)) throw error
    return null
  }
}
