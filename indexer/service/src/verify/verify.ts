/** Compares the tables with the contract's own storage, field by field: the indexer need not be believed. */
import { type Chain, stored, view, views } from '@stellartrain/contracts-client'
import type { ClientBase } from 'pg'
import type { ChallengeRow } from '../project/model.ts'
import { makerRecords, oracleRecords } from '../project/records.ts'
import type { World } from '../project/world.ts'
import { loadAll } from '../store/load.ts'
import { claimedOf, compareChallenge, comparePeople, type Difference, differing, submissionsOf } from './compare.ts'
import type { Answers, StoredChallenge, StoredPeople } from './stored.ts'

/** Calls under way at once. */
const AT_ONCE = 8

/** Entries read at once. */
const ENTRIES = 100

type Options = { signal?: AbortSignal | undefined }

/**
 * Reads everything from both sides. The chain may move on meanwhile: verify when nothing happens, or look at a
 * difference twice.
 * @param answers also what the contract answers of each challenge now
 */
export async function verify(
  client: ClientBase,
  chain: Chain,
  { signal, answers }: Options & { answers?: (challenge: ChallengeRow, world: World) => Promise<Answers> } = {},
): Promise<Difference[]> {
  const world = await loadAll(client)
  const count = await view(chain, views.challenges(), { signal })
  const differences = differing('contract', { challenges: world.challenges.size }, { challenges: count })
  for (const challenge of world.challenges.values()) {
    if (challenge.id > count) continue
    const found = await readChallenge(chain, world, challenge, { signal })
    const told = answers ? { answers: await answers(challenge, world) } : {}
    differences.push(...compareChallenge(world, challenge, { ...found, ...told }))
  }
  differences.push(...comparePeople(world, await readPeople(chain, world, { signal })))
  return differences
}

async function readChallenge(
  chain: Chain,
  world: World,
  { id, maker, terms }: ChallengeRow,
  options: Options,
): Promise<StoredChallenge> {
  const ids = submissionsOf(world, id).map(({ facts, attempt }) => ({ solver: facts.solver, attempt }))
  const submissions = await inParts(ids, (part) => stored.submissions(chain, id, part, options))
  const earnings = await view(chain, views.earnings({ challenge: id }), options)
  const epochs = Array.from({ length: earnings.epochs + 1 }, (_, index) => index + 1)
  const labelers = Object.keys(claimedOf(world, id))
  const solvers = [...new Set(ids.map(({ solver }) => solver))]
  const mayReveal = [...new Set([maker, ...terms.oracles])]
  const reveals = await each(mayReveal, (by) => stored.reveal(chain, id, by, options))
  const found = await Promise.all([stored.challenge(chain, id, options), stored.state(chain, id, options)])
  const [challenge, state] = found
  if (!challenge || !state) throw new Error(`the contract does not hold challenge ${id}`)
  return {
    ...{ id, challenge, state, earnings },
    board: await stored.board(chain, id, options),
    rankings: await stored.rankings(chain, id, options),
    shares: await stored.shares(chain, id, options),
    epochs: await each(epochs, (epoch) => stored.epoch(chain, id, epoch, options)),
    submissions: ids.map((one, index) => ({ ...one, submission: submissions[index] })),
    claimed: zip(
      labelers,
      await each(labelers, (labeler) => view(chain, views.claimed({ challenge: id, labeler }), options)),
    ),
    revealed: new Map([...zip(mayReveal, reveals)].flatMap(([by, truth]) => (truth ? [[by, truth] as const] : []))),
    attempts: zip(
      solvers,
      await each(solvers, (solver) => view(chain, views.attempts({ challenge: id, solver }), options)),
    ),
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

async function inParts<Item, Answer>(
  items: readonly Item[],
  ask: (part: readonly Item[]) => Promise<Answer[]>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < items.length; at += ENTRIES) answers.push(...(await ask(items.slice(at, at + ENTRIES))))
  return answers
}

function zip<Key, Value>(keys: readonly Key[], values: readonly Value[]): Map<Key, Value> {
  return new Map(keys.map((key, index) => [key, values[index]!]))
}
