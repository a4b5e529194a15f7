/** When this oracle may settle, or release a prize, which anyone may: at once when it is its turn, else after those before it had a ledger each. */
import { turn } from '../voting/settle.ts'
import type { Duty } from './duties.ts'

export type Turns = {
  /** Whether a duty may be done now; remembers since when a settlement has been possible. */
  allows(duty: Duty, nowMs: number, ledgerMs: number): boolean
}

export function createTurns(): Turns {
  const possible = new Map<string, { number: number; since: number }>()
  return {
    allows(duty, nowMs, ledgerMs) {
      if (duty.kind !== 'settle' && duty.kind !== 'release') return true
      const { id, seat, terms, submissions } = duty.challenge
      const number = duty.kind === 'settle' ? duty.batch[0]!.number : duty.due.number
      const name = `${duty.kind}/${id}`
      const known = possible.get(name)
      const since = known?.number === number ? known.since : nowMs
      possible.set(name, { number, since })
      const voters = (submissions[number - 1]?.votes.cast ?? []).flatMap((vote, place) => (vote ? [place] : []))
      return nowMs >= since + turn(seat, terms.oracles.length, number, voters) * ledgerMs
    },
  }
}
