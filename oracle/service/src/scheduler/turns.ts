/** When this oracle may settle, release a prize or close, which anyone may: at once when it is its turn, else after those before it had their ledgers each. */
import { turn } from '../voting/settle.ts'
import type { Duty } from './duties.ts'

export type Turns = {
  /** Whether a duty may be done now; remembers since when it has been possible. */
  allows(duty: Duty, nowMs: number, ledgerMs: number): boolean
}

/** Ledgers that each before this one has. Nobody waits for a `close`: there is time to see what others did. */
const LEDGERS = { settle: 1, release: 1, close: 3 } as const

/** What a turn is about: a submission, or the challenge itself. */
function numberOf(duty: Extract<Duty, { kind: keyof typeof LEDGERS }>): number {
  if (duty.kind === 'settle') return duty.batch[0]!.number
  return duty.kind === 'release' ? duty.due.number : duty.challenge.id
}

export function createTurns(): Turns {
  const possible = new Map<string, { number: number; since: number }>()
  return {
    allows(duty, nowMs, ledgerMs) {
      if (duty.kind !== 'settle' && duty.kind !== 'release' && duty.kind !== 'close') return true
      const { id, seat, terms, submissions } = duty.challenge
      const number = numberOf(duty)
      const name = `${duty.kind}/${id}`
      const known = possible.get(name)
      const since = known?.number === number ? known.since : nowMs
      possible.set(name, { number, since })
      const about = duty.kind === 'close' ? undefined : submissions[number - 1]
      const voters = (about?.votes.cast ?? []).flatMap((vote, place) => (vote ? [place] : []))
      const before = turn(seat, terms.oracles.length, number, voters)
      return nowMs >= since + before * LEDGERS[duty.kind] * ledgerMs
    },
  }
}
