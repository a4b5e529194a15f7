/** Oracles by their places in a challenge's list. */
import type { ChallengeRow, OracleSeat } from './model.ts'
import { MissingError } from './world.ts'

/** @throws MissingError if the challenge does not name this oracle. */
export function placeOf(challenge: ChallengeRow, oracle: string): number {
  const place = challenge.seats.findIndex((one) => one.address === oracle)
  if (place === -1) throw new MissingError(`challenge ${challenge.id} has no oracle ${oracle}`)
  return place
}

/** @throws MissingError */
export const seatOf = (challenge: ChallengeRow, oracle: string): OracleSeat =>
  challenge.seats[placeOf(challenge, oracle)]!
