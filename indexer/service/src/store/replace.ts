/** One challenge made again from what is kept for ever: its events and, where some are lost, the contract's own entries. */
import type { ClientBase } from 'pg'
import { challengeOf } from '../decode/decode.ts'
import { applyEvent, type PlacedEvent } from '../project/apply.ts'
import { enrich } from '../project/enrich.ts'
import { type Recovered, recover } from '../project/recover.ts'
import { MissingError, World } from '../project/world.ts'
import type { PageEvent } from '../source/page.ts'
import type { StoredChallenge } from '../verify/stored.ts'
import { readHistory } from './archive.ts'
import { writeInTurn } from './bulk.ts'
import { worldWrites } from './commit.ts'

const TABLES = [
  ...['challenge_oracles', 'submissions', 'votes', 'payments', 'reveals', 'shares', 'places', 'rankings'],
  ...['epoch_votes', 'claims', 'best_scores'],
]

export type Made = {
  world: World
  /** The first event that contradicts those before it; null: they all add up. */
  broken: { ledger: number; message: string } | null
  recovered: Recovered | null
}

/** What its events come to. @param base entries that stand for what is missing before and in their ledger */
export async function makeChallenge(
  client: ClientBase,
  id: number,
  base: { ledger: number; stored: StoredChallenge } | null,
): Promise<Made> {
  const events = placed(await readHistory(client, id))
  const early = base ? events.filter(({ place }) => place.ledger <= base.ledger) : events
  const made = play(early)
  if (!base) return { ...made, recovered: null }
  const recovered = recover(made.world, base.stored)
  enrich(made.world, base.stored, early.slice(made.applied))
  const rest = events.slice(early.length)
  const later = play(rest, made.world)
  const row = made.world.challenges.get(id)!
  row.events = events.length
  return { world: made.world, broken: later.broken, recovered }
}

/** Of records and badges, which speak of the challenge and stand for themselves, store/records.ts makes its rows. */
const placed = (events: readonly PageEvent[]): PlacedEvent[] =>
  events.flatMap((place) =>
    place.decoded && challengeOf(place.decoded) !== undefined ? [{ place, event: place.decoded }] : [],
  )

/** As far as they add up. Each is tried on the world itself; the first that fails may have changed it, so it is played again without. */
function play(events: readonly PlacedEvent[], onto?: World): Made & { applied: number } {
  const world = onto ?? new World()
  for (const [index, event] of events.entries()) {
    try {
      applyEvent(world, event)
    } catch (error) {
      if (!(error instanceof MissingError)) throw error
      const broken = { ledger: event.place.ledger, message: error.message }
      if (onto) return { world, broken, recovered: null, applied: index }
      const again = play(events.slice(0, index))
      return { ...again, broken, applied: index }
    }
  }
  return { world, broken: null, recovered: null, applied: events.length }
}

/** Its rows give way to these, in the transaction that the caller has begun. */
export async function replaceChallenge(client: ClientBase, id: number, world: World): Promise<void> {
  for (const table of TABLES) await client.query(`delete from ${table} where challenge = $1`, [id])
  await client.query('delete from challenges where id = $1', [id])
  await writeInTurn(worldWrites(client, world))
}
