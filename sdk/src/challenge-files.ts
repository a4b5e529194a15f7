/** The public files of a challenge: its data sets, and after the end the opened truth and submissions. */
import { cidToString, stored, toHex } from '@stellartrain/contracts-client'
import { streamCid } from '@stellartrain/ipfs-content/fetch'
import type { StellarTrain } from './client.ts'
import { readContext } from './context.ts'
import { readOpenings } from './openings.ts'
import type { AbortOptions } from './options.ts'
import { UserError } from './problems.ts'

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
  submission: { number: number; solver: string; attempt: number } | null
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
}

/** @throws ContractError `NoChallenge`, ContentError, ChainFailure */
export async function listFiles(
  client: StellarTrain,
  challenge: number,
  options: AbortOptions = {},
): Promise<ChallengeFiles> {
  const { manifest, manifestCid, challenge: frozen } = await readContext(client, challenge, options)
  const who = [...frozen.terms.oracles, frozen.maker]
  const { usable, unusable } = await readOpenings(client, { id: challenge, who, manifest }, options)
  const data = manifest.datasets.map(({ name, role, cid, bytes, sha256, mediaType }): ChallengeFile => {
    return { name: safeName(name), kind: 'data', role, cid, bytes, sha256, mediaType, submission: null }
  })
  const [first] = usable
  const common = { sha256: null, mediaType: 'text/csv' }
  const truth: ChallengeFile[] = first
    ? [{ ...common, name: 'truth.csv', kind: 'truth', role: 'truth', ...sizeOf(first.opening.truth), submission: null }]
    : []
  const submissions = new Map<number, ChallengeFile>()
  const opened = usable.flatMap(({ opening }) => opening.submissions)
  const entries = await stored.submissions(client.chain, challenge, opened, options)
  for (const [index, { number, solver, attempt, sealed, ...file }] of opened.entries()) {
    const entry = entries[index]
    // An opening is its oracle's word; what it says of another submission is of no use.
    if (entry?.number !== number || cidToString(entry.cid) !== sealed || submissions.has(number)) continue
    submissions.set(number, {
      ...{ ...common, name: `submissions/${number}.csv`, kind: 'submission', role: 'submission' },
      ...{ ...sizeOf(file), submission: { number, solver, attempt } },
    })
  }
  return {
    challenge,
    title: manifest.title,
    manifest: manifestCid,
    files: unique([...data, ...truth, ...[...submissions.values()].toSorted(byNumber)]),
    openedBy: usable.map(({ by }) => by),
    unusable,
  }
}

const sizeOf = ({ cid, bytes }: { cid: string; bytes: number }) => ({ cid, bytes })

const byNumber = (a: ChallengeFile, b: ChallengeFile) => (a.submission?.number ?? 0) - (b.submission?.number ?? 0)

/** A maker chose the name: it must not lead out of the folder, nor hide in it. */
function safeName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}._ -]+/gu, '_').replace(/^[. ]+/, '_')
  return safe === '' ? '_' : safe
}

/** Two names can become one; `test.csv` of the manifest and the truth's name can be equal, too. */
function unique(files: readonly ChallengeFile[]): ChallengeFile[] {
  const seen = new Set<string>()
  return files.map((file) => {
    let { name } = file
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
