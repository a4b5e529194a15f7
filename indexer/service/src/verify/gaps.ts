/** Lost ledgers that an RPC has after all, since another one was added or one that was away is back; or that a data lake has. */
import type { Rpc } from '@stellartrain/contracts-client'
import { askPage } from '../source/ask.ts'
import type { PageEvent } from '../source/page.ts'
import { type Range, ranges } from '../source/range.ts'
import { only, type Rpcs } from '../source/rpcs.ts'
import { lockProgress, transaction } from '../store/commit.ts'
import { addEvents, readBeside } from '../store/records.ts'
import { giveUp } from './again.ts'
import type { RepairDeps } from './repair.ts'

type Gap = { from_ledger: number; to_ledger: number }

type Source = { rpc: Rpc; from: number }

function rpcFor(gap: Gap, known: readonly { rpc: Rpc; range: Range }[]): Source | null {
  const [best] = known.toSorted((a, b) => a.range.oldest - b.range.oldest)
  if (!best || best.range.oldest > gap.to_ledger || best.range.latest < gap.to_ledger) return null
  return { rpc: best.rpc, from: Math.max(gap.from_ledger, best.range.oldest) }
}

/** A lake has no holes: what is written is written in order. */
async function lakeFor({ from_ledger, to_ledger }: Gap, { lake }: Rpcs, signal: AbortSignal): Promise<Source | null> {
  if (!lake || !(await lake.has(to_ledger, signal)) || !(await lake.has(from_ledger, signal))) return null
  return { rpc: lake.rpc, from: from_ledger }
}

/** What is found joins the archive, and whatever it may concern is repaired from there. @returns how many ledgers are not lost any more */
export async function fillGaps({ client, rpcs, chain, signal, patience }: RepairDeps): Promise<number> {
  const { rows } = await client.query('select from_ledger, to_ledger from gaps order by from_ledger')
  if (rows.length === 0) return 0
  const known = await ranges(rpcs, signal)
  const beside = await readBeside(client)
  let filled = 0
  for (const gap of rows as Gap[]) {
    const source = rpcFor(gap, known) ?? (await lakeFor(gap, rpcs, signal))
    if (!source) continue
    const { rpc, from } = source
    const one = { ...only(rpcs, rpc), lake: undefined }
    const found: PageEvent[] = []
    let at = { cursor: '', start: from }
    for (let done = false; !done; ) {
      const page = await askPage(
        { rpcs: one, contract: chain.network.contract, beside, signal, patience, failed: giveUp },
        at,
        gap.to_ledger,
      )
      // It was dropped just now.
      if (page.type === 'gap') return filled
      found.push(...page.events)
      done = page.through >= gap.to_ledger
      at = { cursor: page.cursor, start: 0 }
    }
    await transaction(client, async () => {
      await lockProgress(client)
      await addEvents(client, found)
      await client.query('delete from gaps where from_ledger = $1', [gap.from_ledger])
      if (from > gap.from_ledger)
        await client.query('insert into gaps values ($1, $2, $3)', [
          ...[gap.from_ledger, from - 1],
          `The RPCs keep ledgers from ${from} on.`,
        ])
      // Whatever was recovered without these events may be made of its events now. Where events contradicted each other, `since` is the
      // first that did, and those before it were missing.
      await client.query(
        "update incomplete set state = 'partial', as_of = null where state = 'recovered' and (since <= $1 or reason <> 'gap')",
        [gap.to_ledger],
      )
    })
    filled += gap.to_ledger - from + 1
  }
  return filled
}
