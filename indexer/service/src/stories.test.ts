/**
 * The fourth invariant, with the code that runs: random histories of the contract, written down by its own tests, go
 * through decoder, projection and tables, and what they add up to is what the contract stores, field by field.
 *
 * `STORY_DUMP` may name a folder of more of them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { VERDICTS } from './decode/events.ts'
import { applyEvent, applyEvents, type PlacedEvent } from './project/apply.ts'
import { World } from './project/world.ts'
import { readPage } from './source/page.ts'
import { commitPage } from './store/commit.ts'
import { loadAll } from './store/load.ts'
import { rebuild } from './sync/rebuild.ts'
import { createIndexerDatabase } from './testing/database.ts'
import { type DumpLine, readDump, type Snapshot } from './testing/dump.ts'
import type { RpcEvent } from './testing/encode.ts'
import { createChance } from './testing/random.ts'
import { dumpTables, dumpWorld, withClient } from './testing/tables.ts'
import { compareChallenge, comparePeople, type Difference, differing } from './verify/compare.ts'

const committed = fileURLToPath(new URL('./testing/stories', import.meta.url))
const folders = [committed, process.env.STORY_DUMP].filter((folder) => folder && existsSync(folder))
const files = (folders as string[]).flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(folder, name)),
)
const [anyFile] = files

const read = (file: string) => readDump(readFileSync(file, 'utf8'))
const eventsOf = (lines: readonly DumpLine[]): RpcEvent[] =>
  lines.flatMap((line) => ('event' in line ? [line.event] : []))

function lastOf(lines: readonly DumpLine[]): Snapshot {
  const last = lines.at(-1)
  if (!last || !('snapshot' in last)) throw new Error('a dump ends with a state')
  return last.snapshot
}

function pageOf(events: readonly RpcEvent[], contract: string) {
  const last = events.at(-1)!
  return readPage({ events, cursor: last.id, latestLedger: last.ledger }, contract)
}

/** What an indexer makes of these events. @throws when one of them is not understood */
function placed(events: readonly RpcEvent[], contract: string): PlacedEvent[] {
  return events.flatMap((event) => {
    const [place] = pageOf([event], contract).events
    if (!place?.decoded) throw new Error(`an event is not understood: ${JSON.stringify(event)}`)
    return [{ place, event: place.decoded }]
  })
}

function compare(world: World, snapshot: Snapshot): Difference[] {
  const ids = (list: Iterable<{ id: number }>) =>
    [...list]
      .map(({ id }) => id)
      .sort((a, b) => a - b)
      .join()
  return [
    ...differing('contract', { challenges: ids(world.challenges.values()) }, { challenges: ids(snapshot.challenges) }),
    ...snapshot.challenges.flatMap((stored) => {
      const row = world.challenges.get(stored.id)
      return row ? compareChallenge(world, row, stored) : []
    }),
    ...comparePeople(world, snapshot),
  ]
}

test.each(files)('the events of %s add up to what the contract stores', (file) => {
  const { about, lines } = read(file)
  const world = new World()
  let snapshots = 0
  for (const line of lines) {
    if ('event' in line) for (const event of placed([line.event], about.contract)) applyEvent(world, event)
    else {
      snapshots += 1
      expect(compare(world, line.snapshot), `seed ${about.seed}, state ${snapshots}`).toEqual([])
    }
  }
  expect(snapshots).toBeGreaterThan(0)
})

test('pages of any size, doubled and repeated, through Postgres: the same tables, and no difference', async () => {
  const { about, lines } = read(anyFile!)
  const { contract } = about
  const events = eventsOf(lines)
  const whole = dumpWorld(applyEvents(placed(events, contract)))
  const { url, drop } = await createIndexerDatabase()
  await withClient(url, async (client) => {
    await client.query("insert into sync (network, contract, first_ledger, ledger) values ('story', $1, 1, 0)", [
      contract,
    ])
    const chance = createChance(about.seed)
    for (let at = 0; at < events.length; ) {
      const size = chance.pick([1, 2, 5, 30])
      const begin = Math.max(0, at - chance.pick([0, 0, 7]))
      await commitPage(client, pageOf(events.slice(begin, at + size), contract), { acceptMissing: false })
      at += size
    }
    expect(await dumpTables(url)).toEqual(whole)
    expect(compare(await loadAll(client), lastOf(lines))).toEqual([])
    expect(await rebuild(client)).toBe(events.length)
    expect(await dumpTables(url)).toEqual(whole)
  })
  await drop()
})

test('every rule, every kind of event and every verdict are in these histories', () => {
  const worlds = files.map((file) => {
    const { about, lines } = read(file)
    const events = placed(eventsOf(lines), about.contract)
    return { world: applyEvents(events), types: events.map(({ event }) => event.type) }
  })
  const challenges = worlds.flatMap(({ world }) => [...world.challenges.values()])
  const submissions = worlds.flatMap(({ world }) => [...world.submissions.values()])
  expect(new Set(challenges.map(({ terms }) => terms.payout.rule)).size).toBe(4)
  expect(new Set(challenges.map(({ ranking }) => ranking)).size).toBe(3)
  expect(new Set(worlds.flatMap(({ types }) => types)).size).toBe(17)
  expect(new Set(submissions.map(({ verdict }) => verdict))).toEqual(
    new Set(VERDICTS.filter((one) => one !== 'unavailable')),
  )
})

test.each([
  'payment_released',
  'fees_withdrawn',
  'truth_revealed',
  'earnings_claimed',
  'ranking_fixed',
  'silence_fixed',
  'challenge_closed',
  'oracle_registered',
])('without one event (%s) the difference is found', (type) => {
  const found = files.some((file) => {
    const { about, lines } = read(file)
    const events = placed(eventsOf(lines), about.contract)
    const at = events.findLastIndex(({ event }) => event.type === type)
    if (at === -1) return false
    const world = applyEvents(events.filter((_, index) => index !== at))
    return compare(world, lastOf(lines)).length > 0
  })
  expect(found).toBe(true)
})

test('one bit more in one submission is found, and where', () => {
  const { about, lines } = read(anyFile!)
  const world = applyEvents(placed(eventsOf(lines), about.contract))
  const [row] = world.submissions.values()
  row!.flags ^= 64
  expect(compare(world, lastOf(lines))).toEqual([
    expect.objectContaining({ where: `challenge ${row!.challenge} submission ${row!.number}`, field: 'flags' }),
  ])
})
