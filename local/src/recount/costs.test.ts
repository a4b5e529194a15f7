/** Costs are numbers in git: a chunk that becomes dearer, or cheaper, says so here. `UPDATE_COSTS=1` accepts new figures. */
import { readFile, writeFile } from 'node:fs/promises'
import { CHUNK_FEES } from '@stellartrain/contracts-client/recount-cost'
import { beforeAll, expect, test } from 'vitest'
import { measureRecount } from './costs.ts'

const SNAPSHOT = new URL('../../../contracts/recount/snapshots/cost.json', import.meta.url)

let costs: Awaited<ReturnType<typeof measureRecount>>

beforeAll(async () => {
  costs = await measureRecount()
}, 300_000)

test('every call costs what is recorded', async () => {
  const rows = [...costs].map(([call, c]) => {
    const { instructions, memory, readEntries, readBytes, writeEntries, writeBytes, eventBytes, fee } = c
    const kept = {
      instructions,
      memory,
      readEntries,
      readBytes,
      writeEntries,
      writeBytes,
      eventBytes,
      rent: c.rentFee,
      fee,
    }
    return `  ${JSON.stringify(call)}: ${JSON.stringify(kept)}`
  })
  const now = `{\n${rows.join(',\n')}\n}\n`
  if (process.env.UPDATE_COSTS === '1') await writeFile(SNAPSHOT, now)
  expect(now, 'costs changed; if that is meant, run with UPDATE_COSTS=1').toBe(await readFile(SNAPSHOT, 'utf8'))
})

test('what people are told that it costs is what it costs, rounded up', () => {
  const fee = (part: string) =>
    Math.max(...[...costs].filter(([call]) => call.includes(part)).map(([, { fee }]) => fee))
  const told = Object.fromEntries(Object.entries(CHUNK_FEES).map(([name, stroops]) => [name, Number(stroops)]))
  const truths = (numbers: boolean) =>
    Math.max(
      ...[...costs]
        .filter(([call]) => call.startsWith('open_truth') && call.endsWith('RMSE') === numbers)
        .map(([, { fee }]) => fee),
    )
  for (const [name, real] of Object.entries({
    configure: fee('configure'),
    truthOfLabels: truths(false),
    truthOfNumbers: truths(true),
    work: fee('open_work'),
  })) {
    expect(told[name], name).toBeGreaterThanOrEqual(real)
    expect(told[name], name).toBeLessThan(1.5 * real)
  }
})

test('a full chunk with its verdict takes half of what a transaction may', () => {
  for (const [call, { instructions }] of costs) expect(instructions, call).toBeLessThanOrEqual(200_000_000)
})
