/** Histories that the contract's own tests wrote down: its events, and its whole state after them. */
import { xdr } from '@stellar/stellar-sdk/base'
import { contractSpec } from '@stellartrain/contracts-client'
import type { StoredChallenge, StoredPeople } from '../verify/stored.ts'
import type { RpcEvent } from './encode.ts'

export type About = { seed: number; steps: number; contract: string; start: number }

/** What the contract stores at some point of its history. */
export type Snapshot = StoredPeople & { now: number; challenges: StoredChallenge[] }

/** In their order: a snapshot holds for all events before it. */
export type DumpLine = { event: RpcEvent } | { snapshot: Snapshot }

type Packed = string

type PackedChallenge = {
  id: number
  challenge: Packed
  state: Packed
  board: Packed
  earnings: Packed
  epochs: Packed[]
  submissions: { solver: string; attempt: number; submission: Packed; outcome: Packed; owed: Packed }[]
  attempts: Record<string, Packed>
  claimed: Record<string, Packed>
  revealed: Record<string, Packed>
  contents: Record<string, Packed>
}

type PackedState = {
  now: number
  challenges: PackedChallenge[]
  oracles: Record<string, { record: Packed; keys: Packed[] }>
  makers: Record<string, Packed>
}

/** Reads a dump: one JSON object a line, what it is about first. */
export function readDump(text: string): { about: About; lines: DumpLine[] } {
  const [first, ...rest] = text.trimEnd().split('\n')
  const { about } = JSON.parse(first ?? '') as { about: About }
  const lines = rest.map((line): DumpLine => {
    const parsed = JSON.parse(line) as RpcEvent | { state: PackedState }
    return 'state' in parsed ? { snapshot: readSnapshot(parsed.state) } : { event: parsed }
  })
  return { about, lines }
}

/** As the view of that name returns it. */
function unpack<T>(view: string, packed: Packed): T {
  return contractSpec().funcResToNative(view, xdr.ScVal.fromXdr(packed, 'base64')) as T
}

function mapOf<T>(view: string, items: Record<string, Packed>): Map<string, T> {
  return new Map(Object.entries(items).map(([key, packed]) => [key, unpack<T>(view, packed)]))
}

function readSnapshot({ now, challenges, oracles, makers }: PackedState): Snapshot {
  return {
    now,
    challenges: challenges.map((one) => readChallenge(one, now)),
    oracles: new Map(
      Object.entries(oracles).map(([address, { record, keys }]) => [
        address,
        { record: unpack('oracle', record), keys: keys.map((key) => unpack('oracle_key', key)) },
      ]),
    ),
    makers: mapOf('maker', makers),
  }
}

function readChallenge(one: PackedChallenge, now: number): StoredChallenge {
  return {
    id: one.id,
    now,
    challenge: unpack('challenge', one.challenge),
    state: unpack('state', one.state),
    board: unpack('board', one.board),
    earnings: unpack('earnings', one.earnings),
    epochs: one.epochs.map((epoch) => unpack('epoch', epoch)),
    submissions: one.submissions.map(({ solver, attempt, submission, outcome, owed }) => ({
      ...{ solver, attempt, submission: unpack('submission', submission) },
      ...{ outcome: unpack('outcome', outcome), owed: unpack('owed', owed) },
    })),
    attempts: mapOf('attempts', one.attempts),
    claimed: mapOf('claimed', one.claimed),
    revealed: mapOf('revealed', one.revealed),
    contents: mapOf('content', one.contents),
  }
}
