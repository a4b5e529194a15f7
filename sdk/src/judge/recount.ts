/** A judge that grades (`contracts/recount`): its rules fixed by the maker, the truth opened, a solver's work opened and ruled on. */
import {
  asSigner,
  type InvokeOptions,
  invoke,
  type Signer,
  type SignerLike,
  view,
} from '@stellartrain/contracts-client'
import { readCode } from '@stellartrain/contracts-client/code'
import {
  type CodeDeployment,
  deployRecount as deploy,
  doneByOthers,
  FORM_CHUNK,
  type RecountRules,
  type RecountWork,
  recountAt,
} from '@stellartrain/contracts-client/recount'
import { recountRules } from '@stellartrain/contracts-client/recount-rules'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { checkTruthCommitment } from '@stellartrain/ipfs-content/seal'
import { type ChallengeContext, type ChallengeFacts, readContext, readFacts } from '../challenge/context.ts'
import { submissionForm, truthForm, truthFormHash } from '../challenge/forms.ts'
import type { SubmissionRef } from '../challenge/history.ts'
import type { DraftStore } from '../drafts/drafts.ts'
import { checkDisclosed, discloseSubmission, type Shown } from '../submit/disclose.ts'
import type { StellarTrain } from '../system/client.ts'
import { sha256 } from '../system/digest.ts'
import { isoTime } from '../system/iso-time.ts'
import { UserError } from '../system/problems.ts'

export { type Recountable, recountRules } from '@stellartrain/contracts-client/recount-rules'

/** Told after each chunk: how many are open, of how many that the form has. */
export type Opening = InvokeOptions & { onChunk?: (open: number, of: number) => void }

/** The one for this system's contract; the same signer's is one. @throws ContractError, ChainFailure */
export async function deployRecount(
  { chain, config }: StellarTrain,
  wasm: Uint8Array,
  signer: SignerLike,
  options: InvokeOptions = {},
): Promise<CodeDeployment> {
  return deploy(chain, { ...options, wasm, stellartrain: config.contract, signer: asSigner(signer) })
}

/**
 * Fixes how a challenge's work is scored again, by its manifest. Its maker signs, before anyone submits.
 * @throws UserError `not_the_judge`, `not_recountable`; ContractError, ChainFailure, ContentError, GradeError
 */
export async function configureRecount(
  client: StellarTrain,
  { challenge, truth }: { challenge: number; truth?: Uint8Array | undefined },
  signer: SignerLike,
  options: InvokeOptions = {},
): Promise<{ rules: RecountRules; hash: string; ledger: number }> {
  const context = await readContext(client, challenge, options)
  const judge = await judgeOf(client, context, options)
  const found = recountRules(context.manifest, truth && (await truthForm(context.manifest, truth)))
  if ('why' in found) throw new UserError('not_recountable', `Challenge ${challenge} cannot be recounted: ${found.why}`)
  const call = recountAt(judge).configure({ challenge, rules: found.rules })
  const { hash, ledger } = await invoke(client.chain, call, asSigner(signer), options)
  return { rules: found.rules, hash, ledger }
}

/**
 * Opens what is not open yet of the truth; anyone who has it may, and it is public from then on.
 * @throws UserError `not_the_judge`, `not_judging`; ContentError `commitment_mismatch`; ContractError, ChainFailure, GradeError
 */
export async function openTruthForRecount(
  client: StellarTrain,
  { challenge, truth, salt }: { challenge: number; truth: Uint8Array; salt: Uint8Array },
  signerLike: SignerLike,
  { onChunk, ...options }: Opening = {},
): Promise<{ chunks: number }> {
  const signer = asSigner(signerLike)
  const context = await readContext(client, challenge, options)
  const judge = recountAt(await judgeOf(client, context, options))
  const { maker, terms } = context.challenge
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract }
  const formHash = await truthFormHash(context.manifest, truth)
  await checkTruthCommitment(terms.truth, { ...place, maker, salt, formHash })
  refuseTime(context)
  const { chunks, hashes } = await handedTruth(context.manifest, truth)
  const { next } = await openChunks(chunks, onChunk, {
    async read() {
      const open = await view(client.chain, judge.truth({ challenge }), options)
      return { next: open?.next ?? 0, done: open?.complete ?? false }
    },
    async open(place, chunk) {
      const call = judge.openTruth({ challenge, salt, hashes, place, chunk })
      return (await invoke(client.chain, call, signer, options)).returnValue
    },
  })
  return { chunks: next }
}

type Opened = { next: number; done: boolean }

/** Chunk after chunk, from where it is; where someone else opens the same at the same time, on from where they are. */
async function openChunks(
  chunks: readonly Uint8Array[],
  onChunk: Opening['onChunk'],
  { read, open }: { read: () => Promise<Opened>; open: (place: number, chunk: Uint8Array) => Promise<boolean> },
): Promise<Opened> {
  let at = await read()
  while (!at.done && at.next < chunks.length) {
    const { next } = at
    try {
      at = { next: next + 1, done: await open(next, chunks[next]!) }
    } catch (error) {
      if (!doneByOthers(error)) throw error
      at = await read()
      if (!at.done && at.next === next) throw error
    }
    onChunk?.(at.next, chunks.length)
  }
  return at
}

export type Appealed = SubmissionRef & {
  number: number
  /** In units of 1e-7, not rounded to the step. */
  score: bigint
  /** Unix seconds from which on it is ruled, where content is unique; null once it is. */
  ruledFrom: number | null
}

/**
 * Opens what is not open yet of a work, with which the judge scores it and rules. The work is public from then on. Goes on where an
 * earlier call, of anyone, ended. Where content is unique, works are opened first and ruled on later: the same call then does that.
 * @param from the drafts of the machine that submitted, or the content with its nonce
 * @throws UserError `not_the_judge`, `not_judging`, those of `discloseSubmission`; ContractError, ChainFailure
 */
export async function appealSubmission(
  client: StellarTrain,
  ref: SubmissionRef,
  from: { drafts: DraftStore; content?: Uint8Array | undefined } | Shown,
  signerLike: SignerLike,
  { onChunk, ...options }: Opening = {},
): Promise<Appealed> {
  const signer = asSigner(signerLike)
  const { challenge, solver, attempt } = ref
  const facts = await readFacts(client, challenge, options)
  const judge = recountAt(await judgeOf(client, facts, options))
  refuseTime(facts)
  const frozen = await view(client.chain, judge.rules({ challenge }), options)
  const openUntil = Number(frozen?.open_until ?? facts.terms.judge?.by ?? 0)
  const begun = await view(client.chain, judge.work({ challenge, solver, attempt }), options)
  const { closedAt } = facts.clock
  if (begun?.scored) return concluded(client, ref, begun, { judge, openUntil, closedAt, signer, options })
  if (closedAt >= openUntil)
    throw new UserError(
      'not_judging',
      `Identical content is a copy in challenge ${challenge}, so works were opened before ${isoTime(openUntil)}; since then they are ruled on.`,
    )
  const shown = 'drafts' in from ? { disclosure: (await discloseSubmission(client, ref, from, options)).bytes } : from
  const { content, nonce, number, context } = await checkDisclosed(client, ref, shown, options)
  const { chunks, hashes } = await handedWork(context.manifest, content)
  const secret = Uint8Array.from(nonce.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  const seen = () => view(client.chain, judge.work({ challenge, solver, attempt }), options)
  await openChunks(chunks, onChunk, {
    async read() {
      const open = await seen()
      return { next: open?.next ?? 0, done: open?.scored ?? false }
    },
    async open(place, chunk) {
      const call = judge.openWork({ challenge, solver, attempt, nonce: secret, hashes, place, chunk })
      return (await invoke(client.chain, call, signer, options)).returnValue
    },
  })
  const work = await seen()
  if (!work?.scored)
    throw new UserError('not_recountable', `Submission ${challenge}/${number} was not opened to its end.`)
  return concluded(client, ref, work, { judge, openUntil, closedAt, signer, options })
}

type Ruling = {
  judge: ReturnType<typeof recountAt>
  openUntil: number
  closedAt: number
  signer: Signer
  options: InvokeOptions
}

/** What came of a work that is open: has it ruled on where that is still to be done. */
async function concluded(
  { chain }: StellarTrain,
  { challenge, solver, attempt }: SubmissionRef,
  { number, score, ruled }: RecountWork,
  { judge, openUntil, closedAt, signer, options }: Ruling,
): Promise<Appealed> {
  const now = !ruled && closedAt >= openUntil
  if (now)
    await invoke(chain, judge.conclude({ challenge, solver, attempt }), signer, options).catch((error: unknown) => {
      if (!doneByOthers(error)) throw error
    })
  return { challenge, solver, attempt, number, score, ruledFrom: ruled || now ? null : openUntil }
}

/** The main contract that a judge serves; null where its code is not the one of this repository. @throws ChainFailure */
export async function readGrading(
  { chain }: Pick<StellarTrain, 'chain'>,
  address: string,
  options: InvokeOptions = {},
): Promise<string | null> {
  if (!address.startsWith('C') || (await readCode(chain, address, options)) !== 'recount') return null
  return view(chain, recountAt(address).stellartrain(), options)
}

/** The judge's address, where its code is the one of this repository. @throws UserError `not_the_judge` */
export async function judgeOf(
  { chain }: StellarTrain,
  { id, terms }: ChallengeFacts,
  options: InvokeOptions,
): Promise<string> {
  const address = terms.judge?.address ?? ''
  if ((await readGrading({ chain }, address, options)) !== null) return address
  throw new UserError(
    'not_the_judge',
    `The judge of challenge ${id} is not the contract that grades: nothing is opened to it.`,
  )
}

function refuseTime({ id, terms, clock }: ChallengeFacts | ChallengeContext): void {
  const { judge, gradeBy } = terms
  if (judge && clock.closedAt >= gradeBy && clock.closedAt < judge.by) return
  const time = judge ? ` from ${isoTime(gradeBy)} on and before ${isoTime(judge.by)}` : ''
  throw new UserError('not_judging', `Truth and work of challenge ${id} are opened${time}, at no other time.`)
}

/** A form as it is handed to the judge. */
export type HandedForm = { chunks: Uint8Array[]; hashes: Uint8Array }

/** What opens a truth, and a work. @throws GradeError */
export const handedTruth = async (manifest: Manifest, csv: Uint8Array): Promise<HandedForm> =>
  chunked(await truthForm(manifest, csv))
export const handedWork = async (manifest: Manifest, content: Uint8Array): Promise<HandedForm> =>
  chunked(await submissionForm(manifest, content))

async function chunked(form: Uint8Array): Promise<HandedForm> {
  const count = Math.ceil(form.length / FORM_CHUNK)
  const chunks = Array.from({ length: count }, (_, at) => form.slice(at * FORM_CHUNK, (at + 1) * FORM_CHUNK))
  const hashes = new Uint8Array(32 * count)
  for (const [at, chunk] of chunks.entries()) hashes.set(await sha256(chunk), 32 * at)
  return { chunks, hashes }
}
