/** The public records of oracles and makers, as the contract counts them: they follow from the challenges. */
import type { World } from './world.ts'

export type OracleRecord = {
  versions: number
  accepted: number
  /** Challenges closed: only their votes are counted in the record. */
  closed: number
  votes: number
  agreed: number
  disagreed: number
  missed: number
}

export type MakerRecord = {
  challenges: number
  cancelled: number
  ended: number
  expired: number
  promised: number
  opened: number
}

/** By address. The world must be whole. */
export function oracleRecords(world: World): Map<string, OracleRecord> {
  const records = new Map<string, OracleRecord>()
  for (const { oracle, version } of world.newKeys) {
    const known = records.get(oracle)
    if (known) known.versions = Math.max(known.versions, version)
    else
      records.set(oracle, { versions: version, accepted: 0, closed: 0, votes: 0, agreed: 0, disagreed: 0, missed: 0 })
  }
  for (const challenge of world.challenges.values()) {
    for (const seat of challenge.seats) {
      const record = records.get(seat.address)
      if (!record) continue
      if (seat.keyVersion > 0) record.accepted += 1
      if (!challenge.closed) continue
      record.closed += 1
      record.votes += seat.votes
      record.agreed += seat.agreed
      record.disagreed += seat.disagreed
      // What became final after its last vote, it missed as well.
      record.missed += seat.missed + Math.max(0, challenge.finalized - seat.cursor)
    }
  }
  return records
}

/** By address. The world must be whole. */
export function makerRecords(world: World): Map<string, MakerRecord> {
  const records = new Map<string, MakerRecord>()
  for (const challenge of world.challenges.values()) {
    const record = records.get(challenge.maker) ?? {
      ...{ challenges: 0, cancelled: 0, ended: 0, expired: 0, promised: 0, opened: 0 },
    }
    records.set(challenge.maker, record)
    record.challenges += 1
    if (challenge.status === 'cancelled') record.cancelled += 1
    if (!challenge.closed) continue
    if (challenge.status === 'ended') record.ended += 1
    else record.expired += 1
    if (challenge.terms.opensTruth) record.promised += 1
  }
  for (const { challenge, by } of world.newReveals) {
    const maker = world.challenges.get(challenge)?.maker
    const record = maker === by ? records.get(by) : undefined
    if (record) record.opened += 1
  }
  return records
}
