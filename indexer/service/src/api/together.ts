/**
 * Who asks in one turn of the event loop, or while no connection is free, reads one state together: one connection, one transaction, one
 * question for the state. Nobody waits for an answer to others, and nobody is given a state that is older than their question.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../store/database.ts'
import { beginReading, type Reading } from '../store/reading.ts'

/** A state of the tables, and what it is, which is asked for already. */
export type Asked<State> = { reading: Reading; state: Promise<State> }

/** What they ask for goes over one connection, one after the other. */
const MOST_TOGETHER = 8
/** States that are asked for at once: while the rows of one are on their way, the next one is asked for. */
const MOST_AT_ONCE = 2

/** Their transaction has not begun yet. */
type Gathering<State> = { size: number; begun: Promise<Asked<State>> }

export type Readings<State> = {
  /** With whoever else asks now. What fails for one of them fails for all. */
  together(): Promise<Asked<State>>
  alone(): Promise<Asked<State>>
}

export function createReadings<State>(
  db: Kysely<Database>,
  readState: (db: Kysely<Database>) => Promise<State>,
): Readings<State> {
  let gathering: Gathering<State> | null = null
  const onTheWay = new Set<Promise<unknown>>()

  /** @param before the transaction begins */
  async function begin(before?: () => void): Promise<Asked<State>> {
    const reading = await beginReading(db)
    before?.()
    const state = readState(reading.db)
    state.catch(() => {})
    return { reading, state }
  }

  async function inTurn(before: () => void): Promise<Asked<State>> {
    while (onTheWay.size >= MOST_AT_ONCE) await Promise.race(onTheWay)
    const begun = begin(before)
    const here: Promise<unknown> = begun
      .then(({ state }) => state)
      .catch(() => {})
      .then(() => onTheWay.delete(here))
    onTheWay.add(here)
    return begun
  }

  function gather(): Gathering<State> {
    const over = () => {
      if (gathering === own) gathering = null
    }
    const own: Gathering<State> = {
      size: 0,
      begun: endOfTurn()
        .then(() => inTurn(over))
        .finally(over),
    }
    own.begun.catch(() => {})
    return own
  }

  return {
    alone: () => begin(),
    async together() {
      if (gathering === null || gathering.size >= MOST_TOGETHER) gathering = gather()
      const own = gathering
      own.size += 1
      const first = own.size === 1
      const { reading, state } = await own.begun
      return { reading: first ? reading : reading.shared(), state }
    },
  }
}

/** Once all that has arrived has been looked at. */
const endOfTurn = () => new Promise<void>((done) => void setImmediate(done))
