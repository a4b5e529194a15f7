/** Funds a prepared challenge: upload → sign once. From then on its prize is locked. */
import {
  asSigner,
  createChallenge as createCall,
  invoke,
  type Progress,
  readBalance,
  type Signer,
  type SignerLike,
  toDecimal,
} from '@stellartrain/contracts-client'
import { recountAt } from '@stellartrain/contracts-client/recount'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import type { PreparedChallenge } from './prepare.ts'
import type { PlannedRecount } from './recount-judge.ts'

export type { ChallengePlan, PlannedDataset } from './plan.ts'
export { type PreparedChallenge, type PreparedOracle, prepareChallenge } from './prepare.ts'
export type { TrialScores } from './trial.ts'

export type CreateProgress =
  | { step: 'signing_in' }
  | { step: 'uploading'; name: string; file: number; files: number; sent: number; total: number }
  /** Files that items link to, counted. */
  | { step: 'uploading_media'; sent: number; total: number }
  | { step: 'uploaded' }
  | { step: 'funding'; progress: Progress }
  /** The challenge is there; the rules of its judge that grades are fixed next. */
  | { step: 'fixing_rules'; challenge: number; progress: Progress }

export type Created = {
  challenge: number
  hash: string
  ledger: number
  /** Unix seconds. */
  closedAt: number
  /** Transaction that fixed how the judge scores again; null where the judge is another one or none. */
  configured: string | null
}

/**
 * Uploads the files and creates the challenge; the prize is locked in the same call. Uploads may be repeated freely. Where the judge is
 * the contract that grades, a second signature fixes its rules.
 * @throws UserError `no_funds`; `rules_not_fixed` with the challenge there; ContractError, ChainFailure, ContentError
 */
export async function createChallenge(
  client: StellarTrain,
  prepared: PreparedChallenge,
  signerLike: SignerLike,
  options: AbortOptions & { onProgress?: (progress: CreateProgress) => void } = {},
): Promise<Created> {
  const { signal, onProgress = () => {} } = options
  const signer = asSigner(signerLike)
  if (signer.address !== prepared.maker) {
    throw new UserError(
      'bad_input',
      `This challenge was prepared for ${prepared.maker}; its truth is sealed for that maker.`,
    )
  }
  await checkFunds(client, prepared, { signal })
  if (prepared.media.length > 0) {
    let sent = 0
    const total = prepared.media.length
    const onSigning = () => onProgress({ step: 'signing_in' })
    for await (const stored of client.sessions.uploadFiles(prepared.media, signer, { signal, onSigning })) {
      sent += stored.length
      onProgress({ step: 'uploading_media', sent, total })
    }
  }
  for (const [index, file] of prepared.files.entries()) {
    const place = { name: file.name, file: index + 1, files: prepared.files.length }
    const cid = await client.sessions.upload(file.bytes, signer, {
      signal,
      onSigning: () => onProgress({ step: 'signing_in' }),
      onProgress: (sent, total) => onProgress({ step: 'uploading', ...place, sent, total }),
    })
    if (cid !== file.cid) throw new UserError('bad_input', `The file ${file.name} was stored under another CID.`)
  }
  onProgress({ step: 'uploaded' })
  const call = createCall({
    maker: prepared.maker,
    terms: prepared.terms,
    prize: prepared.money.prize,
    fee_budget: prepared.money.feeBudget,
  })
  const receipt = await invoke(client.chain, call, signer, {
    signal,
    onProgress: (progress) => onProgress({ step: 'funding', progress }),
  })
  const { returnValue: challenge, hash, ledger, closedAt } = receipt
  const configured = prepared.recount && (await fixRules(client, prepared.recount, challenge, signer, options))
  return { challenge, hash, ledger, closedAt, configured }
}

/** Before its oracles have accepted the challenge no one can submit, and until then the rules can be fixed. */
async function fixRules(
  { chain }: StellarTrain,
  { judge, rules }: PlannedRecount,
  challenge: number,
  signer: Signer,
  { signal, onProgress }: AbortOptions & { onProgress?: (progress: CreateProgress) => void },
): Promise<string> {
  try {
    const call = recountAt(judge).configure({ challenge, rules })
    const done = await invoke(chain, call, signer, {
      signal,
      onProgress: (progress) => onProgress?.({ step: 'fixing_rules', challenge, progress }),
    })
    return done.hash
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause
    throw new UserError(
      'rules_not_fixed',
      `Challenge ${challenge} is funded, but how its judge scores is not fixed yet (${why}). Its oracles do not accept it until then: run \`stellartrain recount configure ${challenge}\`.`,
      { cause, retryable: true },
    )
  }
}

/** @throws UserError `no_funds`, `no_trustline` where the maker cannot pay what would be locked */
export async function checkFunds(
  client: StellarTrain,
  { token, money, maker }: PreparedChallenge,
  { signal }: AbortOptions,
): Promise<void> {
  const balance = await readBalance(client.chain, token, maker, { signal })
  if (balance === null) {
    throw token.asset?.isNative() === false
      ? new UserError('no_trustline', `The account ${maker} has no trustline for ${token.code}.`)
      : new UserError('no_funds', `The account ${maker} does not exist on this network yet.`)
  }
  if (balance < money.total) {
    const show = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
    throw new UserError('no_funds', `This locks ${show(money.total)}; the account has ${show(balance)}.`)
  }
}
