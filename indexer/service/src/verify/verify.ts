/** Compares the tables with the contract's own storage, field by field: the indexer need not be believed. */
import { type Chain, sleep, view, views } from '@stellartrain/contracts-client'
import type { ClientBase } from 'pg'
import type { ChallengeRow } from '../project/model.ts'
import { makerRecords, oracleRecords } from '../project/records.ts'
import type { World } from '../project/world.ts'
import { loadOne, loadPeople } from '../store/load.ts'
import { wrongSums } from '../store/sums.ts'
import { compareChallenge, comparePeople, type Difference, differing } from './compare.ts'
import { lookAt } from './look.ts'
import type { Answers, StoredPeople } from './stored.ts'
import { tolerable } from './tolerable.ts'

/** Calls under way at once. */
const AT_ONCE = 8

type Options = { signal?: AbortSignal | undefined }

export type VerifyOptions = Options & {
  /** Also what the contract answers of each challenge now. */
  answers?: (challenge: ChallengeRow, world: World) => Promise<Answers>
  progress?: (done: number, of: number) => void
  /** Told of each challenge whose entries are archived, and which can therefore not be compared. */
  unread?: (challenge: number) => void
}

/** How often, and after how many milliseconds, what moves is looked at again. */
const TRIES = 20
const WAIT = 300

/**
 * Reads everything from both sides, whatever either of them has. What is marked as unknown in a challenge that was recovered is no
 * difference.
 */
export async function verify(client: ClientBase, chain: Chain, options: VerifyOptions = {}): Promise<Difference[]> {
  const { signal, answers, progress, unread } = options
  const count = await view(chain, views.challenges(), { signal })
  const { rows } = await client.query(
    'select id from challenges union select generate_series(1, $1::bigint) as id order by id',
    [count],
  )
  const ids = (rows as { id: string }[]).map(({ id }) => Number(id))
  const known = await loadPeople(client)
  const differences = differing('contract', { challenges: known.challenges.size }, { challenges: count })
  for (const [index, id] of ids.entries()) {
    const found = await verifyOne(client, chain, id, {
      signal,
      ...(answers ? { answers } : {}),
      ...(unread ? { unread } : {}),
    })
    if (!(await tolerable(client, id, found))) differences.push(...found)
    progress?.(index + 1, ids.length)
  }
  differences.push(...(await compareSums(client)))
  const world = await loadPeople(client)
  const people = comparePeople(world, await readPeople(chain, world, { signal }))
  // Records are counted over challenges: where one is not whole, the sums are not either, and are marked with it.
  const { rows: marked } = await client.query('select 1 from incomplete limit 1')
  return marked.length > 0 ? differences : [...differences, ...people]
}

/** What the contract counts nowhere, and the database keeps: it must be what the rows, which were just compared, add up to. */
const compareSums = async (client: ClientBase): Promise<Difference[]> =>
  (await wrongSums(client)).map(({ where, field, kept, counted }) => ({
    where,
    field,
    indexer: kept,
    contract: counted,
  }))

async function verifyOne(
  client: ClientBase,
  chain: Chain,
  id: number,
  { signal, answers, unread }: Pick<VerifyOptions, 'signal' | 'answers' | 'unread'>,
): Promise<Difference[]> {
  const where = `challenge ${id}`
  for (let tries = 1; ; tries++) {
    const look = await lookAt(client, chain, id, { signal })
    if (look.is === 'moving' && tries < TRIES) {
      await sleep(WAIT, signal)
      continue
    }
    if (look.is === 'moving') return differing(where, { followed: 'not so far' }, { followed: 'still moving' })
    if (look.is === 'unread') {
      unread?.(id)
      return []
    }
    if (look.is === 'absent') return differing(where, { row: 'none' }, { row: 'exists' })
    if (!answers) return look.is === 'equal' ? [] : look.differences
    const world = await loadOne(client, id)
    const row = world.challenges.get(id)!
    return compareChallenge(world, row, { ...look.reading.stored, answers: await answers(row, world) })
  }
}

async function readPeople(chain: Chain, world: World, options: Options): Promise<StoredPeople> {
  // Challenges name oracles too: one that is missing here is missed.
  const named = [...world.challenges.values()].flatMap(({ terms }) => terms.oracles)
  const oracles = [...new Set([...oracleRecords(world).keys(), ...named])]
  const makers = [...makerRecords(world).keys()]
  const known = await each(oracles, async (oracle) => {
    const record = await view(chain, views.oracle({ oracle }), options)
    const versions = Array.from({ length: record.versions }, (_, index) => index + 1)
    const keys = await each(versions, (version) => view(chain, views.oracleKey({ oracle, version }), options))
    return { record, keys }
  })
  const records = await each(makers, (maker) => view(chain, views.maker({ maker }), options))
  return { oracles: zip(oracles, known), makers: zip(makers, records) }
}

/** One answer for each item, in their order. */
async function each<Item, Answer>(items: readonly Item[], ask: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) {
    answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(ask))))
  }
  return answers
}

function zip<Key, Value>(keys: readonly Key[], values: readonly Value[]): Map<Key, Value> {
  return new Map(keys.map((key, index) => [key, values[index]!]))
}
