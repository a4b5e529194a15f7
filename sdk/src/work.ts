/**
 * Labeling where earnings are paid: items are leased as everywhere, the sealed batch is signed and handed to the oracles, and no
 * transaction and no fee is a labeler's. An epoch later the oracles say what became of it; who loses by a verdict can appeal.
 */
import { asSigner, type SignerLike, signDigest, toHex } from '@stellartrain/contracts-client'
import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import { networkId } from '@stellartrain/ipfs-content/network'
import { sealSubmissionFile } from '@stellartrain/ipfs-content/seal'
import { appealDigest, batchDigest } from '@stellartrain/ipfs-content/work'
import { checkBatchAnswers } from './answers.ts'
import { readItems, type Tasks } from './batch.ts'
import type { StellarTrain } from './client.ts'
import { type ChallengeContext, challengeKey, readContext } from './context.ts'
import { csvRows } from './csv.ts'
import { sha256Hex } from './digest.ts'
import { submissionFormHash } from './forms.ts'
import { readTakers } from './handout.ts'
import { keptLease, keyOf, type LeaseOptions, leaseEnded, leaseToSubmit, submittableUntil, takeLease } from './lease.ts'
import type { AbortOptions } from './options.ts'
import { checkFile } from './precheck.ts'
import { UserError } from './problems.ts'
import { CheckFailed } from './submit.ts'
import { takesWork } from './takes-work.ts'

/** A batch as the oracles tell its labeler, once its epoch is posted. */
export type OwnBatch = {
  attempt: number
  state: 'waiting' | 'accepted' | 'rejected'
  /** By which it is paid, or was rejected. */
  epoch?: number
  units?: number
  /** Base units. */
  earned?: string
  reason?: number
  /** For people. */
  why?: string
  appeal?: 'open' | 'granted' | 'upheld'
}

export type OwnWork = {
  challenge: number
  labeler: string
  /** Batches that were handed in. */
  attempts: number
  batches: OwnBatch[]
  /** Base units: earned by all epochs that are posted. */
  cumulative: string
  epochs: number
}

type Context = Pick<ChallengeContext, 'id' | 'challenge' | 'manifest' | 'clock' | 'terms' | 'state'>

async function workContext(client: StellarTrain, challenge: number, options: AbortOptions): Promise<ChallengeContext> {
  const context = await readContext(client, challenge, options)
  if (takesWork(context)) return context
  throw new UserError('rule_not_supported', `Challenge ${challenge} does not pay for labels by earnings.`)
}

/**
 * What its labeler would label next, leased to it.
 * @throws UserError `rule_not_supported`, as `takeLease`; ContentError, ChainFailure
 */
export async function readWork(
  client: StellarTrain,
  { challenge }: { challenge: number },
  { signer, drafts, signal, onSigning }: LeaseOptions,
): Promise<Tasks> {
  const context = await workContext(client, challenge, { signal })
  const labeler = asSigner(signer).address
  const { attempts } = await ownWork(client, context, labeler, { signal })
  const attempt = attempts + 1
  const lease = await takeLease(client, context, attempt, { signer, drafts, signal, onSigning })
  const items = await readItems(client, context.manifest, { signal })
  const [header = [], ...rows] = csvRows(items) ?? []
  const at = header.indexOf(context.manifest.submission.idColumn)
  const byId = new Map(rows.map((row) => [row[at], row]))
  return {
    ...{ challenge, labeler, attempt, header, columns: context.manifest.submission.columns },
    rows: lease.items.map((id) => byId.get(id) ?? [id]),
    expires: submittableUntil(lease, context.terms),
  }
}

export type HandedIn = {
  attempt: number
  units: number
  /** SHA-256 of the sealed file, hex. */
  sha256: string
  /** Oracles that have it. */
  took: string[]
}

/**
 * Checks, seals, signs and hands in a batch. One oracle is enough, for they hand on what they took. Repeating it is safe.
 * @throws CheckFailed, UserError `lease_expired`, `not_handed_out` (retryable); what the wallet throws
 */
export async function handInBatch(
  client: StellarTrain,
  { challenge, csv, ...options }: LeaseOptions & { challenge: number; csv: Uint8Array },
): Promise<HandedIn> {
  const { signal, drafts } = options
  const signer = asSigner(options.signer)
  const labeler = signer.address
  const context = await workContext(client, challenge, { signal })
  const { attempts } = await ownWork(client, context, labeler, { signal })
  const attempt = attempts + 1
  if ((await keptLease(drafts, keyOf(client, { challenge, solver: labeler, attempt }))) === undefined)
    throw leaseEnded(undefined)
  const lease = await leaseToSubmit(client, context, attempt, { ...options, signer })
  const content = new Uint8Array(csv)
  const precheck = await checkFile(context.manifest, content, lease.items)
  if (!precheck.ok) throw new CheckFailed(precheck)
  await checkBatchAnswers(client, context.manifest, content, { signal })
  const formHash = await submissionFormHash(context.manifest, content, labeler)
  if (!formHash) throw new UserError('bad_input', 'The file has no canonical form, though it passed the check.')
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract, challenge }
  const { sealed, commitment } = await sealSubmissionFile({
    content,
    place: { ...place, solver: labeler },
    challengeKey: challengeKey(context),
    formHash,
    lease: { layer: lease.layer, expires: lease.expires, signatures: lease.signatures },
  })
  const sha256 = await sha256Hex(sealed)
  const said = { labeler, attempt, units: lease.items.length, commitment: toHex(commitment), sha256 }
  const signature = await signDigest(signer, client.config.passphrase, batchDigest(place, said), { signal })
  const body = JSON.stringify({ challenge, batch: { ...said, signature }, sealed: toBase64(sealed) })
  const took = await give(client, context, 'batches', body, { signal })
  return { attempt, units: said.units, sha256, took }
}

/**
 * What became of a labeler's batches: of the oracle that knows of most. Anyone may ask.
 * @throws UserError `rule_not_supported`, `no_lease` (retryable) where no oracle answers
 */
export async function readOwnWork(
  client: StellarTrain,
  { challenge, labeler }: { challenge: number; labeler: string },
  options: AbortOptions = {},
): Promise<OwnWork> {
  return ownWork(client, await workContext(client, challenge, options), labeler, options)
}

/**
 * Appeals against the rejection of an own batch: the reviewer that the manifest names decides, and a later epoch pays.
 * @throws UserError `bad_input` with what the oracles say, `not_handed_out`
 */
export async function appealBatch(
  client: StellarTrain,
  {
    challenge,
    attempt,
    why,
    signer: signerLike,
  }: { challenge: number; attempt: number; why: string; signer: SignerLike },
  { signal }: AbortOptions = {},
): Promise<void> {
  const context = await workContext(client, challenge, { signal })
  const signer = asSigner(signerLike)
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract, challenge }
  const said = { labeler: signer.address, attempt, why }
  const signature = await signDigest(signer, client.config.passphrase, appealDigest(place, said), { signal })
  await give(client, context, 'appeals', JSON.stringify({ challenge, appeal: { ...said, signature } }), { signal })
}

const SILENT_MS = 15_000
const TRIES = 5
const LATER: ReadonlySet<string> = new Set(['busy', 'no_work', 'catching_up', 'silent'])

async function places(client: StellarTrain, { challenge }: Pick<Context, 'challenge'>, options: AbortOptions) {
  const takers = await readTakers(client, challenge.terms.oracles, options)
  return takers
    .filter(({ who }) => who !== 'ipfs')
    .map(({ url, who }) => ({ who, url: `${url.replace(/\/+$/, '')}/v1/work` }))
}

async function ownWork(
  client: StellarTrain,
  context: Context,
  labeler: string,
  { signal }: AbortOptions,
): Promise<OwnWork> {
  for (let tries = 1; ; tries++) {
    const asked = (await places(client, context, { signal })).map(async ({ url }) => {
      const answer = await client.fetch(`${url}/challenges/${context.id}/labelers/${labeler}`, {
        signal: limited(signal),
        redirect: 'error',
        credentials: 'omit',
      })
      return answer.ok ? ((await answer.json()) as OwnWork) : undefined
    })
    const told = (await Promise.allSettled(asked)).flatMap((one) =>
      one.status === 'fulfilled' && one.value ? [one.value] : [],
    )
    signal?.throwIfAborted()
    const [best] = told.toSorted((a, b) => b.epochs - a.epochs || b.attempts - a.attempts)
    // An oracle that is behind knows fewer batches; the next attempt is after all of them.
    if (best) return { ...best, attempts: Math.max(...told.map(({ attempts }) => attempts)) }
    if (tries === TRIES)
      throw new UserError('no_lease', 'No oracle of this challenge answers now; nothing was lost. Try again.', {
        retryable: true,
      })
    await sleep(backoff(tries, 500, 4_000), signal)
  }
}

/** Hands it to all oracles; those who took it. */
async function give(
  client: StellarTrain,
  context: Context,
  path: string,
  body: string,
  { signal }: AbortOptions,
): Promise<string[]> {
  let said = ''
  for (let tries = 1; tries <= TRIES; tries++) {
    const offered = (await places(client, context, { signal })).map(({ url, who }) =>
      offer(client, `${url}/${path}`, body, signal).then((problem) => ({ who, problem })),
    )
    const done = await Promise.all(offered)
    signal?.throwIfAborted()
    const took = done.flatMap(({ who, problem }) => (problem === undefined ? [who] : []))
    if (took.length > 0) return took
    said = done.map(({ who, problem }) => `${who}: ${problem?.detail}`).join(' ')
    if (done.every(({ problem }) => !LATER.has(problem?.code ?? '')))
      throw refused(
        done.map(({ problem }) => problem?.code),
        said,
      )
    await sleep(backoff(tries, 500, 4_000), signal)
  }
  throw new UserError('not_handed_out', `No oracle took it yet. The same call submits it again. ${said}`, {
    retryable: true,
  })
}

function refused(codes: readonly (string | undefined)[], said: string): UserError {
  if (codes.includes('attempt_taken'))
    return new UserError('attempt_taken', `Another device submitted a batch meanwhile: get new items. ${said}`, {
      retryable: true,
    })
  return new UserError('bad_input', `The oracles refuse it. ${said}`)
}

async function offer(
  client: StellarTrain,
  url: string,
  body: string,
  signal: AbortSignal | undefined,
): Promise<{ code: string; detail: string } | undefined> {
  try {
    const answer = await client.fetch(url, {
      ...{ method: 'PUT', headers: { 'content-type': 'application/json' }, body },
      ...{ redirect: 'error', credentials: 'omit', signal: limited(signal) },
    })
    if (answer.ok) return undefined
    const said = (await answer.json().catch(() => ({}))) as { code?: unknown; detail?: unknown }
    const text = (value: unknown, other: string) => (typeof value === 'string' ? value.slice(0, 300) : other)
    return { code: text(said.code, 'silent'), detail: text(said.detail, `it answered with ${answer.status}.`) }
  } catch {
    return { code: 'silent', detail: 'it does not answer.' }
  }
}

const limited = (signal: AbortSignal | undefined): AbortSignal => {
  const limit = AbortSignal.timeout(SILENT_MS)
  return signal ? AbortSignal.any([signal, limit]) : limit
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
