/** Costs are numbers in git: a call that becomes dearer, or cheaper, says so here. `UPDATE_COSTS=1` accepts new figures. */
import { readFile, writeFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { type Costs, FORTY, measureCosts, SOLVERS, TRANSFER } from './testing/costs.ts'

const SNAPSHOT = new URL('../../stellartrain/snapshots/cost.json', import.meta.url)

let costs: Map<string, Costs>

beforeAll(async () => {
  costs = await measureCosts()
})

const of = (call: string): Costs => {
  const found = costs.get(call)
  if (!found) throw new Error(`${call} was not measured`)
  return found
}

test('every call costs what is recorded', async () => {
  const rows = [...costs].map(([call, c]) => {
    const kept = {
      instructions: c.instructions,
      memory: c.memory,
      readEntries: c.readEntries,
      readBytes: c.readBytes,
      writeEntries: c.writeEntries,
      writeBytes: c.writeBytes,
      eventBytes: c.eventBytes,
      rent: c.rentFee,
      fee: c.fee,
    }
    return `  ${JSON.stringify(call)}: ${JSON.stringify(kept)}`
  })
  const now = `{\n${rows.join(',\n')}\n}\n`
  if (process.env.UPDATE_COSTS === '1') await writeFile(SNAPSHOT, now)
  expect(now, 'costs changed; if that is meant, run with UPDATE_COSTS=1').toBe(await readFile(SNAPSHOT, 'utf8'))
})

test('one transaction scores, finalises and pays forty, within the limits of the public network', () => {
  const forty = of(FORTY)
  // The ledger refuses what goes beyond its limits; these leave room for longer asset codes and unseen neighbors.
  expect(forty.writeEntries).toBeLessThanOrEqual(130)
  expect(forty.eventBytes).toBeLessThanOrEqual(16_384)
  expect(forty.instructions).toBeLessThanOrEqual(400_000_000)
  expect(forty.instructions / SOLVERS / of(TRANSFER).instructions).toBeLessThanOrEqual(RATIO)
})

/** Plain transfers for each settled submission. */
const RATIO = 2.5
