/** What the ledger keeps: all that live challenges name, directly or in their manifests, and what their maker and oracles uploaded. */
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { LedgerKeeps } from '../store/collect.ts'
import type { Records } from '../store/records.ts'
import type { ChallengeFacts } from './challenges.ts'
import { type Names, ORACLES } from './names.ts'

const PREFIX = '/chain/manifest/'
/** Whoever registers as an oracle names a file, at the price of a transaction: only one as large as metadata can be is kept for that. */
const MAX_METADATA_BYTES = 1024 ** 2

export type KeepsDeps = {
  names: Names
  records: Records
  challenges: AsyncIterable<ChallengeFacts>
  /** Undefined where it is not stored here, or is no manifest. */
  manifest: (cid: string) => Promise<Manifest | undefined>
}

/** @param since as `Names.since` */
export async function ledgerKeeps(
  { names, records, challenges, manifest }: KeepsDeps,
  since: number,
): Promise<LedgerKeeps> {
  const live = new Set<number>()
  const people = new Set<string>()
  const declared = new Set<string>()

  /** The files that a manifest names; kept once it was read, for it never changes. */
  async function filesOf(cid: string): Promise<string[]> {
    const known = await records.get<string[]>(`${PREFIX}${cid}`)
    if (known !== undefined) return known
    const found = await manifest(cid)
    if (found === undefined) return []
    const previous = found.datasets.flatMap((one) => (one.previous === null ? [] : [one.previous]))
    // Where earnings are paid there is no truth.
    const files = [...(found.truth ? [found.truth.cid] : []), ...found.datasets.map((one) => one.cid), ...previous]
    await records.put(`${PREFIX}${cid}`, files)
    return files
  }

  for await (const { id, manifestCid, maker, oracles } of challenges) {
    live.add(id)
    for (const account of [maker, ...oracles]) people.add(account)
    for (const cid of [manifestCid, ...(await filesOf(manifestCid))]) declared.add(cid)
  }

  async function isNamed({ cid, bytes }: { cid: string; bytes: number }): Promise<boolean> {
    if (declared.has(cid)) return true
    const named = await names.all(cid)
    return named.some((id) => live.has(id) || (id === ORACLES && bytes <= MAX_METADATA_BYTES))
  }

  return {
    since,
    declared,
    names: isNamed,
    keeps: async (entry) => people.has(entry.account) || isNamed(entry),
  }
}
