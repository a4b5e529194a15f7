/**
 * What the ledger keeps: what live challenges name, directly or in their manifests, up to a quota for each, and a little of what their
 * maker and oracles uploaded beside. A challenge costs its maker next to nothing, so that it keeps no more than a challenge needs.
 */
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { LedgerKeeps } from '../store/collect.ts'
import type { Records } from '../store/records.ts'
import type { ChallengeFacts } from './challenges.ts'
import { type Names, ORACLES } from './names.ts'

const PREFIX = '/chain/manifest/'
/** Whoever registers as an oracle names a file, at the price of a transaction: only one as large as metadata can be is kept for that. */
const MAX_METADATA_BYTES = 1024 ** 2

/** Of one maker or oracle, beside what is named: drafts, and reports that a vote will name. */
const MAX_BESIDE_BYTES = 64 * 1024 ** 2

export type KeepsDeps = {
  names: Names
  records: Records
  challenges: AsyncIterable<ChallengeFacts>
  /** Undefined where it is not stored here, or is no manifest. */
  manifest: (cid: string) => Promise<Manifest | undefined>
  /** What is kept of the uploads that the manifest of this challenge names, bytes. */
  challengeBytes: (challenge: ChallengeFacts) => number
}

/** @param since as `Names.since` */
export async function ledgerKeeps(
  { names, records, challenges, manifest, challengeBytes }: KeepsDeps,
  since: number,
): Promise<LedgerKeeps> {
  const live = new Set<number>()
  const quotas = new Map<number, number>()
  const people = new Set<string>()
  /** Which challenges declare it. */
  const declared = new Map<string, number[]>()
  const manifests = new Set<string>()

  /** The files that a manifest names; kept once it was read, for it never changes. */
  async function filesOf(cid: string): Promise<string[]> {
    const known = await records.get<string[]>(`${PREFIX}${cid}`)
    if (known !== undefined) return known
    const found = await manifest(cid)
    if (found === undefined) return []
    const previous = found.datasets.flatMap((one) => (one.previous === null ? [] : [one.previous]))
    // Where earnings are paid there may be no truth.
    const files = [...(found.truth ? [found.truth.cid] : []), ...found.datasets.map((one) => one.cid), ...previous]
    await records.put(`${PREFIX}${cid}`, files)
    return files
  }

  for await (const challenge of challenges) {
    const { id, manifestCid, maker, oracles } = challenge
    live.add(id)
    quotas.set(id, challengeBytes(challenge))
    for (const account of [maker, ...oracles]) people.add(account)
    manifests.add(manifestCid)
    for (const cid of new Set([manifestCid, ...(await filesOf(manifestCid))]))
      declared.set(cid, [...(declared.get(cid) ?? []), id])
  }

  async function isNamed({ cid, bytes }: { cid: string; bytes: number }): Promise<boolean> {
    return declared.has(cid) || byEvent({ cid, bytes })
  }

  async function byEvent({ cid, bytes }: { cid: string; bytes: number }): Promise<boolean> {
    const named = await names.all(cid)
    return named.some((id) => live.has(id) || (id === ORACLES && bytes <= MAX_METADATA_BYTES))
  }

  const ofChallenge = new Map<number, number>()
  const ofAccount = new Map<string, number>()
  const within = new Set<string>()

  function fits<K>(used: Map<K, number>, key: K, bytes: number, most: number): boolean {
    const sum = (used.get(key) ?? 0) + bytes
    if (sum > most) return false
    used.set(key, sum)
    return true
  }

  /** Counted once, whoever uploaded it. */
  function isDeclared({ cid, bytes }: { cid: string; bytes: number }): boolean {
    if (within.has(cid)) return true
    const isManifest = manifests.has(cid) && bytes <= MAX_METADATA_BYTES
    const found = isManifest || declared.get(cid)?.some((id) => fits(ofChallenge, id, bytes, quotas.get(id)!))
    if (found) within.add(cid)
    return found ?? false
  }

  return {
    since,
    declared: new Set(declared.keys()),
    names: isNamed,
    keeps: async (entry) =>
      isDeclared(entry) ||
      (await byEvent(entry)) ||
      (people.has(entry.account) && fits(ofAccount, entry.account, entry.bytes, MAX_BESIDE_BYTES)),
  }
}
