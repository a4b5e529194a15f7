/** Compares the tables with the contract's own storage, field by field: the indexer need not be believed. */
import { type Chain, readSubmissions, view, views } from '@stellartrain/contracts-client'
import type { ClientBase } from 'pg'
import type { ChallengeRow } from '../project/model.ts'
import { makerRecords, oracleRecords } from '../project/records.ts'
import type { World } from '../project/world.ts'
import { loadAll } from '../store/load.ts'
import { claimedOf, compareChallenge, comparePeople, type Difference, differing, submissionsOf } from './compare.ts'
import type { StoredChallenge, StoredPeople } from './stored.ts'

/** Calls under way at once. */
const AT_ONCE = 8

/**
 * Reads everything from both sides. The chain may move on meanwhile: verify when nothing happens, or look at a
 * difference twice.
 */
export async function verify(client: ClientBase, chain: Chain, signal?: AbortSignal): Promise<Difference[]> {
  const world = await loadAll(client)
  const count = await view(chain, views.challenges(), { signal })
  const differences = differing('contract', { challenges: world.challenges.size }, { challenges: count })
  for (const challenge of world.challenges.values()) {
    if (challenge.id > count) continue
    differences.push(...compareChallenge(world, challenge, await readChallenge(chain, world, challenge, signal)))
  }
  differences.push(...comparePeople(world, await readPeople(chain, world, signal)))
  return differences
}

async function readChallenge(
  chain: Chain,
  world: World,
  { id, maker, terms }: ChallengeRow,
  signal?: AbortSignal,
): Promise<StoredChallenge> {
  const challenge = id
  const ids = submissionsOf(world, id).map(({ solver, attempt }) => ({ solver, attempt }))
  const found = await readSubmissions(chain, id, ids, { signal })
  const earnings = await view(chain, views.earnings({ challenge }), { signal })
  const epochs = Array.from({ length: earnings.epochs }, (_, index) => index + 1)
  const labelers = Object.keys(claimedOf(world, id))
  const mayReveal = [...new Set([maker, ...terms.oracles])]
  const reveals = await each(mayReveal, (by) => view(chain, views.revealed({ challenge, by }), { signal }))
  return {
    id,
    challenge: await view(chain, views.challenge({ challenge }), { signal }),
    state: await view(chain, views.state({ challenge }), { signal }),
    board: await view(chain, views.board({ challenge }), { signal }),
    earnings,
    epochs: await each(epochs, (epoch) => view(chain, views.epoch({ challenge, epoch }), { signal })),
    submissions: ids.map((one, index) => ({ ...one, submission: found[index]! })),
    claimed: zip(
      labelers,
      await each(labelers, (labeler) => view(chain, views.claimed({ challenge, labeler }), { signal })),
    ),
    revealed: new Map([...zip(mayReveal, reveals)].flatMap(([by, truth]) => (truth ? [[by, truth] as const] : []))),
  }
}

async function readPeople(chain: Chain, world: World, signal?: AbortSignal): Promise<StoredPeople> {
  // Challenges name oracles too: one that is missing here is missed.
  const named = [...world.challenges.values()].flatMap(({ terms }) => terms.oracles)
  const oracles = [...new Set([...oracleRecords(world).keys(), ...named])]
  const makers = [...makerRecords(world).keys()]
  const known = await each(oracles, async (oracle) => {
    const record = await view(chain, views.oracle({ oracle }), { signal })
    const versions = Array.from({ length: record.versions }, (_, index) => index + 1)
    const keys = await each(versions, (version) => view(chain, views.oracleKey({ oracle, version }), { signal }))
    return { record, keys }
  })
  const records = await each(makers, (maker) => view(chain, views.maker({ maker }), { signal }))
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
