/** Copied rows are those that the projection makes of the same history told later, but for hashes and names of content. */
import { expect, test } from 'vitest'
import { readPage } from '../source/page.ts'
import { commitPage } from '../store/commit.ts'
import type { EventChain } from './chain.ts'
import { copyChallenges, HASHES, KEPT } from './copies.ts'
import { createIndexerDatabase } from './database.ts'
import { randomHistory } from './history.ts'
import { withClient } from './tables.ts'

const [CHALLENGES, LEDGERS, BEGIN] = [6, 1_000_000, 1_000]
const told = (first: number, ledger: number) =>
  randomHistory({ challenges: CHALLENGES, submissions: 30, seed: 5, first, ledger })

async function rowsOf(chains: readonly EventChain[], copies: number) {
  const database = await createIndexerDatabase()
  try {
    return await withClient(database.url, async (client) => {
      const { contract } = chains[0]!
      await client.query("insert into sync (network, contract, first_ledger, ledger) values ('net', $1, 1, 0)", [
        contract,
      ])
      for (const { raw, ledger } of chains) {
        const end = ((BigInt(ledger()) << 32n) | 0xffff_ffffn).toString().padStart(19, '0')
        const page = readPage({ events: raw, cursor: `${end}-4294967295`, latestLedger: ledger() }, contract)
        await commitPage(client, page, { acceptMissing: false })
      }
      if (copies > 0) {
        await copyChallenges(client, { challenges: CHALLENGES, ledgers: LEDGERS, from: 1, to: copies })
      }
      const found: Record<string, string[]> = {}
      for (const table of [
        'challenges',
        'challenge_oracles',
        'submissions',
        'votes',
        'payments',
        'reveals',
        'shares',
        'places',
        'rankings',
        'epoch_votes',
        'claims',
        'best_scores',
        'events',
        'daily',
        'daily_totals',
        'daily_paid',
        'makers',
        'solver_sums',
        'earned',
        'labeler_sums',
        'oracle_sums',
      ]) {
        const { rows } = await client.query(`select * from ${table}`)
        found[table] = rows.map((row) => JSON.stringify(masked(row))).sort()
      }
      return found
    })
  } finally {
    await database.drop()
  }
}

/** What may differ, as whether it is there; the data of events hold both. */
function masked(row: Record<string, unknown>): Record<string, unknown> {
  const { root: _, shares, data: __, ...rest } = row
  for (const name of [...HASHES, ...KEPT]) if (name in rest) rest[name] = /^0*$/.test(String(rest[name]))
  return { ...rest, shares: shares !== undefined }
}

test('copies equal what is told later', async () => {
  const first = told(1, BEGIN)
  const later = told(CHALLENGES + 1, BEGIN + LEDGERS)
  const copied = await rowsOf([first], 1)
  expect(copied.submissions!.length).toBeGreaterThan(100)
  expect(copied).toEqual(await rowsOf([first, later], 0))
})
