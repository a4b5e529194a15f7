/** The versions of a data set: what challenges of the same maker published before and after it, linked by CID in their manifests. */
import { view, views } from '@stellartrain/contracts-client'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { type ChallengeContext, readContext, readManifest } from './context.ts'

type Dataset = Manifest['datasets'][number]

/** A data set as the manifest of a challenge describes it. */
export type DatasetVersion = Dataset & { challenge: number; title: string }

export type DatasetVersions = {
  name: string
  /** The newest first. A version that several challenges use is there once, with the first of them. */
  versions: DatasetVersion[]
  /** The CID of the version before the oldest of them, which no challenge that was looked at describes. */
  missing: string | null
}

export type VersionsFound = {
  datasets: DatasetVersions[]
  /** Challenges whose manifest cannot be had now: there may be more versions. */
  unread: number[]
  /** Challenges before this one were not looked at. */
  from: number
}

/** So many of the newest challenges are looked at: each costs a read of the ledger. */
const LOOKED_AT = 300
const AT_ONCE = 8

/**
 * @param name of one data set; all of the challenge unless given
 * @throws ContractError `NoChallenge`; ContentError; ChainFailure; UserError `bad_input` for a name that the challenge does not have
 */
export async function datasetVersions(
  client: StellarTrain,
  challenge: number,
  name?: string,
  options: AbortOptions = {},
): Promise<VersionsFound> {
  const context = await readContext(client, challenge, options)
  const wanted = context.manifest.datasets.filter((one) => name === undefined || one.name === name)
  if (wanted.length === 0 && name !== undefined) throw noDataset(context, name)
  const { published, unread, from } = await publishedBy(client, context, options)
  return { datasets: wanted.map((one) => chainOf(one, published)), unread, from }
}

/** One data set of a challenge. @throws as `datasetVersions` */
export async function datasetOf(
  client: StellarTrain,
  challenge: number,
  name: string,
  options: AbortOptions = {},
): Promise<DatasetVersion & { idColumn: string }> {
  const context = await readContext(client, challenge, options)
  const found = context.manifest.datasets.find((one) => one.name === name)
  if (!found) throw noDataset(context, name)
  const { title, submission } = context.manifest
  return { ...found, challenge, title, idColumn: submission.idColumn }
}

/** All that challenges of this maker describe, in their order. */
async function publishedBy(
  client: StellarTrain,
  context: ChallengeContext,
  options: AbortOptions,
): Promise<{ published: DatasetVersion[]; unread: number[]; from: number }> {
  const count = await view(client.chain, views.challenges(), options)
  const from = Math.max(1, count - LOOKED_AT + 1)
  const ids = Array.from({ length: count - from + 1 }, (_, i) => from + i)
  if (context.id < from) ids.unshift(context.id)
  const found = new Map<number, DatasetVersion[]>()
  const unread: number[] = []
  const { maker } = context.challenge
  const queue = ids.values()
  const look = async () => {
    for (const id of queue) {
      const one =
        id === context.id ? context.challenge : await view(client.chain, views.challenge({ challenge: id }), options)
      if (one.maker !== maker) continue
      try {
        const { title, datasets } = id === context.id ? context.manifest : await readManifest(client, one, options)
        found.set(
          id,
          datasets.map((dataset) => ({ ...dataset, challenge: id, title })),
        )
      } catch {
        options.signal?.throwIfAborted()
        unread.push(id)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, look))
  return { published: ids.flatMap((id) => found.get(id) ?? []), unread: unread.toSorted((a, b) => a - b), from }
}

/** Back by `previous`, and on to what names the newest so far as its version before. */
function chainOf(dataset: Dataset, published: readonly DatasetVersion[]): DatasetVersions {
  const byCid = new Map(published.toReversed().map((one) => [one.cid, one]))
  const after = new Map(
    published.flatMap((one) => (one.previous === null ? [] : [[one.previous, one] as const])).toReversed(),
  )
  const versions = [byCid.get(dataset.cid)!]
  const seen = new Set([dataset.cid])
  const isNew = (one: DatasetVersion | undefined): one is DatasetVersion => {
    if (one === undefined || seen.has(one.cid)) return false
    seen.add(one.cid)
    return true
  }
  for (let next = after.get(dataset.cid); isNew(next); next = after.get(next.cid)) versions.unshift(next)
  let { previous } = versions.at(-1)!
  for (; previous !== null; previous = versions.at(-1)!.previous) {
    const before = byCid.get(previous)
    if (!isNew(before)) break
    versions.push(before)
  }
  return { name: dataset.name, versions, missing: previous !== null && !seen.has(previous) ? previous : null }
}

function noDataset({ id, manifest }: Pick<ChallengeContext, 'id' | 'manifest'>, name: string): UserError {
  const names = manifest.datasets.map((one) => one.name).join(', ') || 'none'
  return new UserError('bad_input', `Challenge ${id} has no data set ${name}. It has: ${names}.`)
}
