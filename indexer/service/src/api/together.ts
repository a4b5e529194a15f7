/**
 * Who asks while the state of others is being asked for reads the next one, all of them together: one connection, one transaction, one
 * question for the state. Nobody is given a state that is older than their question.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../store/database.ts'
import { beginReading, type Reading } from '../store/reading.ts'

/** A state of the tables, and what it is, which is asked for already. */
export type Asked<State> = { reading: Reading; state: Promise<State> }

/** What they ask for goes over one connection, one after the other. */
const MOST_TOGETHER = 8

type Waiting<State> = { size: number; begun: Promise<Asked<State>> }

export type Readings<State> = {
  /** With whoever else waits. What fails for one of them fails for all. */
  together(): Promise<Asked<State>>
  alone(): Promise<Asked<State>>
}

export function createReadings<State>(
  db: Kysely<Database>,
  readState: (db: Kysely<Database>) => Promise<State>,
): Readings<State> {
  /** Whose state is on its way. */
  let asking: Promise<unknown> | null = null
  let waiting: Waiting<State> | null = null

  async function begin(): Promise<Asked<State>> {
    const reading = await beginReading(db)
    const state = readState(reading.db)
    state.catch(() => {})
    return { reading, state }
  }

  /** From now until its state is here, others wait for the next one. */
  function beginNext(): Promise<Asked<State>> {
    const begun = begin()
    const here: Promise<unknown> = begun
      .then(({ state }) => state)
      .catch(() => {})
      .then(() => {
        if (asking === here) asking = null
      })
    asking = here
    return begun
  }

  return {
    alone: begin,
    async together() {
      if (asking === null) return await beginNext()
      if (waiting === null || waiting.size >= MOST_TOGETHER) {
        const own: Waiting<State> = {
          size: 0,
          begun: asking.then(() => {
            if (waiting === own) waiting = null
            return beginNext()
          }),
        }
        own.begun.catch(() => {})
        waiting = own
      }
      waiting.size += 1
      const first = waiting.size === 1
      const { reading, state } = await waiting.begun
      return { reading: first ? reading : reading.shared(), state }
    },
  }
}
