/** The keys of accepted batches, which the oracles give to whom the manifest says: everyone, or whoever has one age key. */
import { ageDecrypt } from '@stellartrain/ipfs-content/age'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { type LabelsResults, parseResults } from '@stellartrain/ipfs-content/work'
import type { StellarTrain } from '../client.ts'
import type { ChallengeContext } from '../context.ts'
import { readTakers } from '../handout.ts'
import type { AbortOptions } from '../options.ts'
import { UserError } from '../problems.ts'

/** `identity`: `AGE-SECRET-KEY-1…`, where the labels are opened to one key alone. */
export type ResultsOptions = AbortOptions & { identity?: string | undefined }

/** Where each oracle of a challenge tells of its work. @throws ContractError, ChainFailure */
export async function workUrls(
  client: StellarTrain,
  { id, challenge }: Pick<ChallengeContext, 'id' | 'challenge'>,
  options: AbortOptions,
): Promise<string[]> {
  return (await readTakers(client, challenge.terms.oracles, options))
    .filter(({ who }) => who !== 'ipfs')
    .map(({ url }) => `${url.replace(/\/+$/, '')}/v1/work/challenges/${id}`)
}

/** @throws UserError `not_opened`, retryable where they will be */
export async function readResults(
  client: StellarTrain,
  urls: readonly string[],
  { signal, identity }: ResultsOptions,
): Promise<LabelsResults> {
  let failure = new UserError('not_opened', 'No oracle of this challenge answers.', { retryable: true })
  for (const url of urls) {
    try {
      const answer = await client.fetch(`${url}/results`, {
        signal: signal ?? null,
        redirect: 'error',
        credentials: 'omit',
      })
      if (!answer.ok) {
        const { detail } = (await answer.json().catch(() => ({}))) as { detail?: unknown }
        const retryable = answer.status !== 403
        failure = new UserError('not_opened', String(detail ?? `It answered ${answer.status}.`).slice(0, 300), {
          retryable,
        })
        continue
      }
      const bytes = new Uint8Array(await answer.arrayBuffer())
      if (answer.headers.get('content-type')?.includes('json')) return parseResults(bytes)
      if (identity === undefined)
        throw new UserError(
          'not_opened',
          'These labels are sealed to the key that the manifest names: give the file of that key (--identity FILE).',
        )
      return parseResults(await ageDecrypt(bytes, [identity]))
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof UserError) throw error
      if (error instanceof ContentError)
        throw new UserError('not_opened', `What an oracle sent cannot be opened: ${error.message}`, { cause: error })
    }
  }
  throw failure
}
