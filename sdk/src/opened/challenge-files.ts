/** The public files of a challenge: its data sets, and after the end the opened truth and submissions. */
import { cidToString, stored, toHex } from '@stellartrain/contracts-client'
import { streamCid } from '@stellartrain/ipfs-content/fetch'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { readContext } from '../challenge/context.ts'
import { readOpenings } from '../challenge/openings.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { type ContentHasher, contentHasher } from './content-hash.ts'

export type ChallengeFile = {
  /** Unique in the challenge, and safe as a path below a folder. */
  name: string
  kind: 'data' | 'truth' | 'submission'
  /** As the manifest or the opening describes it. */
  role: string
  cid: string
  bytes: number
  /** Hexadecimal; the manifest has it of data sets only. */
  sha256: string | null
  mediaType: string
  /** Of a submission. */
  submission: OpenedFile | null
}

export type OpenedFile = {
  number: number
  solver: string
  attempt: number
  /** As declared: how many labels. */
  units: number
  /** Content hash that its verdict recorded on the chain, hexadecimal; null where there is none to compare a file with. */
  contentHash: string | null
  /** What each opener published as this submission; the file is the first of them. Where they differ, the hash decides. */
  copies: { cid: string; bytes: number; by: string[] }[]
}

export type ChallengeFiles = {
  challenge: number
  title: string
  manifest: string
  files: ChallengeFile[]
  /** Which oracles, and the maker, have opened the truth so far. */
  openedBy: string[]
  /** Openings that cannot be used, and why. */
  unusable: string[]
  /** Content hash of a submission's file, by the oracles' engine; undefined where it could not have been scored. Null before an opening. */
  hash: ContentHasher | null
}

/** @throws ContractError `NoChallenge`, ContentError, ChainFailure */
export async function listFiles(
  client: StellarTrain,
  challenge: number,
  options: AbortOptions = {},
): Promise<ChallengeFiles> {
  const { manifest, manifestCid, challenge: frozen } = await readContext(client, challenge, options)
  const who = [...frozen.terms.oracles, frozen.maker]
  const { usable, unusable } = await readOpenings(client, { id: challenge, challenge: frozen, who, manifest }, options)
  const data = manifest.datasets.map(({ name, role, cid, bytes, sha256, mediaType }): ChallengeFile => {
    return { name: safeName(name), kind: 'data', role, cid, bytes, sha256, mediaType, submission: null }
  })
  const [first] = usable
  const common = { sha256: null, mediaType: 'text/csv' }
  const truth: ChallengeFile[] = first
    ? [{ ...common, name: 'truth.csv', kind: 'truth', role: 'truth', ...sizeOf(first.opening.truth), submission: null }]
    : []
  const { extension, mediaType } = await namedAs(manifest.submission.formats)
  const named = { sha256: null, mediaType }
  const submissions = new Map<number, ChallengeFile>()
  const opened = usable.flatMap(({ by, opening }) => opening.submissions.map((one) => ({ ...one, by })))
  const entries = await stored.submissions(client.chain, challenge, opened, options)
  for (const [index, { number, solver, attempt, sealed, by, cid, bytes }] of opened.entries()) {
    const entry = entries[index]
    // An opening is its oracle's word; what it says of another submission is of no use.
    if (entry?.number !== number || cidToString(entry.cid) !== sealed) continue
    const copies = submissions.get(number)?.submission?.copies
    const same = copies?.find((copy) => copy.cid === cid && copy.bytes === bytes)
    if (same) same.by.push(by)
    else if (copies) copies.push({ cid, bytes, by: [by] })
    else {
      const contentHash = entry.content_hash.some((byte) => byte !== 0) ? toHex(entry.content_hash) : null
      submissions.set(number, {
        ...{ ...named, name: `submissions/${number}${extension}`, kind: 'submission', role: 'submission', cid, bytes },
        submission: { number, solver, attempt, units: entry.units, contentHash, copies: [{ cid, bytes, by: [by] }] },
      })
    }
  }
  return {
    challenge,
    title: manifest.title,
    manifest: manifestCid,
    files: unique([...data, ...truth, ...[...submissions.values()].toSorted(byNumber)]),
    openedBy: usable.map(({ by }) => by),
    unusable,
    hash: first ? contentHasher(client, { id: challenge, terms: frozen.terms, manifest }, first, options) : null,
  }
}

/** How opened submissions are named. Where a challenge takes several formats, which one a file has is known once it is here. */
async function namedAs(formats: Manifest['submission']['formats']): Promise<{ extension: string; mediaType: string }> {
  const { extensionOf, mediaTypeOf } = await import('@stellartrain/oracle-grade')
  const [only = 'csv', ...more] = formats ?? []
  return more.length > 0
    ? { extension: '', mediaType: 'application/octet-stream' }
    : { extension: extensionOf(only), mediaType: mediaTypeOf(only) }
}

const sizeOf = ({ cid, bytes }: { cid: string; bytes: number }) => ({ cid, bytes })

const byNumber = (a: ChallengeFile, b: ChallengeFile) => (a.submission?.number ?? 0) - (b.submission?.number ?? 0)

/** A maker chose the name: it must not lead out of the folder, nor hide in it. */
function safeName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}._ -]+/gu, '_').replace(/^[. ]+/, '_')
  return safe === '' ? '_' : safe
}

/** Names of what is opened later: a data set has the same name before and after the opening, and never theirs. */
const RESERVED = ['submissions', 'truth.csv']

/** Two names can become one. */
function unique(files: readonly ChallengeFile[]): ChallengeFile[] {
  const seen = new Set<string>(RESERVED)
  return files.map((file) => {
    let { name } = file
    if (file.kind !== 'data') return file
    for (let copy = 2; seen.has(name.toLowerCase()); copy++) name = file.name.replace(/(\.[^.]*)?$/, `-${copy}$1`)
    seen.add(name.toLowerCase())
    return { ...file, name }
  })
}

/** Large data sets take their time; each block has a limit of its own. */
const PATIENCE_MS = 6 * 3_600_000

/**
 * The file in verified pieces: each block against its CID, and the whole against the size that was promised and its SHA-256.
 * @throws ContentError; UserError `bad_input` at the end of a file that is not what the manifest describes
 */
export async function* streamFile(
  { gateways, fetch }: StellarTrain,
  file: Pick<ChallengeFile, 'name' | 'cid' | 'bytes' | 'sha256'>,
  { signal }: AbortOptions = {},
): AsyncGenerator<Uint8Array> {
  const { createSha256 } = await import('@stellartrain/oracle-grade')
  const { cid, bytes: maxBytes } = file
  const how = { gateways, maxBytes, fetch, timeoutMs: PATIENCE_MS, ...(signal && { signal }) }
  const hash = createSha256()
  let bytes = 0
  for await (const part of streamCid(cid, how)) {
    hash.update(part)
    bytes += part.length
    yield part
  }
  const found = toHex(hash.digest())
  if (bytes !== file.bytes)
    throw new UserError('bad_input', `The file ${file.name} has ${bytes} bytes, not ${file.bytes} as its maker says.`)
  if (file.sha256 !== null && found !== file.sha256)
    throw new UserError('bad_input', `The file ${file.name} does not have the SHA-256 that the manifest names.`)
}
