/** The public records of oracles and makers, as the contract counts them: they follow from the challenges. */
import type { Gain } from './model.ts'
import type { World } from './world.ts'

export type OracleRecord = Gain & {
  versions: number
  /** Challenges accepted. */
  accepted: number
  /** Challenges that count in the record. */
  folded: number
}

export type MakerRecord = {
  challenges: number
  cancelled: number
  /** Over, with everything decided. */
  decided: number
  /** Over, with work undecided. */
  undecided: number
  /** Over, and the truth that was promised is not opened by the maker, who may open it. */
  unopened: number
}

/** By address. The world must be whole. */
export function oracleRecords(world: World): Map<string, OracleRecord> {
  const records = new Map<string, OracleRecord>()
  for (const { oracle, version } of world.newKeys) {
    const known = records.get(oracle)
    if (known) known.versions = Math.max(known.versions, version)
    else
      records.set(oracle, {
        ...{ versions: version, accepted: 0, folded: 0 },
        ...{ votes: 0, unavailable: 0, agreed: 0, disagreed: 0, missing: 0 },
      })
  }
  for (const { address, keyVersion, folded } of [...world.challenges.values()].flatMap(({ seats }) => seats)) {
    const record = records.get(address)
    if (!record) continue
    if (keyVersion > 0) record.accepted += 1
    if (!folded) continue
    record.folded += 1
    record.votes += folded.votes
    record.unavailable += folded.unavailable
    record.agreed += folded.agreed
    record.disagreed += folded.disagreed
    record.missing += folded.missing
  }
  return records
}

/** By address. The world must be whole. */
export function makerRecords(world: World): Map<string, MakerRecord> {
  const records = new Map<string, MakerRecord>()
  for (const { maker, facts, folded, opened, unopened } of world.challenges.values()) {
    const record = records.get(maker) ?? { challenges: 0, cancelled: 0, decided: 0, undecided: 0, unopened: 0 }
    records.set(maker, record)
    record.challenges += 1
    if (facts.cancelled) record.cancelled += 1
    if (folded) record[folded] += 1
    if (unopened && !opened) record.unopened += 1
  }
  return records
}
