/** When this oracle may settle, release a prize, open a truth to the judge or close, which anyone may: at once when it is its turn, else after those before it had their ledgers each. */
import { turn } from '../voting/settle.ts'
import type { Duty } from './duties.ts'

export type Turns = {
  /** Whether a duty may be done now; remembers since when it has been possible. */
  allows(duty: Duty, nowMs: number, ledgerMs: number): boolean
}

/** Ledgers that each before this one has. Nobody waits for a `close`: there is time to see what others did. */
const LEDGERS = { settle: 1, release: 1, recount: 3, close: 3 } as const

/** What a turn is about: a submission, a step, or the challenge itself. */
function numberOf(duty: Shared): number {
  if (duty.kind === 'settle') return duty.batch[0]!.number
  if (duty.kind === 'recount') return duty.step.place
  return duty.kind === 'release' ? duty.due.number : duty.challenge.id
}

type Shared = Extract<Duty, { kind: keyof typeof LEDGERS }>
const isShared = (duty: Duty): duty is Shared => duty.kind in LEDGERS

export function createTurns(): Turns {
  const possible = new Map<string, { number: number; since: number }>()
  return {
    allows(duty, nowMs, ledgerMs) {
      if (!isShared(duty)) return true
      const { id, seat, terms, submissions } = duty.challenge
      const number = numberOf(duty)
      const name = `${duty.kind}/${id}`
      const known = possible.get(name)
      const since = known?.number === number ? known.since : nowMs
      possible.set(name, { number, since })
      const about = duty.kind === 'settle' || duty.kind === 'release' ? submissions[number - 1] : undefined
      const voters = (about?.votes.cast ?? []).flatMap((vote, place) => (vote ? [place] : []))
      const before = turn(seat, terms.oracles.length, number, voters)
      return nowMs >= since + before * LEDGERS[duty.kind] * ledgerMs
    },
  }
}
