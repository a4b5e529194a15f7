/** The keys of accepted batches, which the oracles give to whom the manifest says: everyone, or whoever has one age key. */
import { ageDecrypt } from '@stellartrain/ipfs-content/age'
import { ask } from '@stellartrain/ipfs-content/ask'
import { readBounded, readBoundedJson } from '@stellartrain/ipfs-content/bounded'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { type LabelsResults, parseResults, RESULTS_MAX_BYTES } from '@stellartrain/ipfs-content/work'
import type { ChallengeContext } from '../challenge/context.ts'
import { oraclePlaces } from '../oracles/ask-oracles.ts'
import { PROBLEM_MAX_BYTES } from '../oracles/handout.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'

/** `identity`: `AGE-SECRET-KEY-1…`, where the labels are opened to one key alone. */
export type ResultsOptions = AbortOptions & { identity?: string | undefined }

/** Where each oracle of a challenge tells of its work. @throws ContractError, ChainFailure */
export async function workUrls(
  client: StellarTrain,
  { id, challenge }: Pick<ChallengeContext, 'id' | 'challenge'>,
  options: AbortOptions,
): Promise<string[]> {
  const places = await oraclePlaces(client, challenge.terms.oracles, options)
  return places.map(({ url }) => endpoint(url, `/v1/work/challenges/${id}`))
}

/** What all oracles that answer hand over: several keys of a file where one of them says another; the right one is what opens it. */
export type FoundKeys = Readonly<{
  /** By the hash of the sealed file. */
  files: ReadonlyMap<string, readonly string[]>
  /** Of rejected batches whose labelers appealed. */
  appealed: ReadonlyMap<string, readonly string[]>
}>

/** How long one oracle, and all that it sends, is waited for. */
export const SILENT_MS = 120_000

/**
 * Of every oracle, for one that leaves keys out, sends others or stalls keeps nobody from those of the others.
 * @throws UserError `not_opened`, retryable where they will be
 */
export async function readResults(
  client: StellarTrain,
  urls: readonly string[],
  options: ResultsOptions,
): Promise<FoundKeys> {
  const told = await Promise.all(urls.map((url) => resultsOf(client, url, options)))
  options.signal?.throwIfAborted()
  const documents = told.flatMap((one) => (one instanceof UserError ? [] : [one]))
  if (documents.length === 0) {
    const failures = told.flatMap((one) => (one instanceof UserError ? [one] : []))
    // What an oracle says is more than that another is silent.
    const said = failures.find(({ retryable }) => !retryable) ?? failures[0]
    throw said ?? silent()
  }
  return {
    files: keysIn(documents.map(({ files }) => files)),
    appealed: keysIn(documents.map(({ appealed = [] }) => appealed)),
  }
}

function keysIn(lists: readonly LabelsResults['files'][]): Map<string, string[]> {
  const keys = new Map<string, string[]>()
  for (const { sha256, fileKey } of lists.flat()) {
    const known = keys.get(sha256) ?? []
    if (!known.includes(fileKey)) keys.set(sha256, [...known, fileKey])
  }
  return keys
}

const silent = () => new UserError('not_opened', 'No oracle of this challenge answers.', { retryable: true })

/** The document of one oracle; else why there is none. */
async function resultsOf(
  client: StellarTrain,
  url: string,
  { signal, identity }: ResultsOptions,
): Promise<LabelsResults | UserError> {
  try {
    const answer = await ask(`${url}/results`, { silentMs: SILENT_MS, signal, fetch: client.fetch })
    if (!answer.ok) {
      const { detail } = (await readBoundedJson(answer, PROBLEM_MAX_BYTES).catch(() => ({}))) as { detail?: unknown }
      return new UserError('not_opened', String(detail ?? `It answered ${answer.status}.`).slice(0, 300), {
        retryable: answer.status !== 403,
      })
    }
    // A sealed one is a little longer.
    const bytes = await readBounded(answer, 2 * RESULTS_MAX_BYTES)
    if (!bytes) return new UserError('not_opened', 'What an oracle sent is longer than keys of labels can be.')
    if (answer.headers.get('content-type')?.includes('json')) return parseResults(bytes)
    if (identity === undefined)
      return new UserError(
        'not_opened',
        'These labels are sealed to the key that the manifest names: give the file of that key, which `labels create` wrote (--identity FILE).',
      )
    return parseResults(await ageDecrypt(bytes, [identity]))
  } catch (error) {
    if (error instanceof ContentError)
      return new UserError('not_opened', `What an oracle sent cannot be opened: ${error.message}`, { cause: error })
    return silent()
  }
}

/** By the first key that `open` takes: it throws ContentError for one that is wrong. @throws ContentError of the last key */
export async function byAnyKey<T>(keys: readonly string[], open: (fileKey: string) => Promise<T>): Promise<T> {
  for (const [at, key] of keys.entries())
    try {
      return await open(key)
    } catch (error) {
      if (!(error instanceof ContentError) || at === keys.length - 1) throw error
    }
  throw new ContentError('not_a_recipient', 'No key is known of this file.')
}
