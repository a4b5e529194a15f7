/** Funds a prepared challenge: upload → sign once. From then on its prize is locked. */
import {
  asSigner,
  createChallenge as createCall,
  invoke,
  type Progress,
  readBalance,
  type SignerLike,
  toDecimal,
} from '@stellartrain/contracts-client'
import type { StellarTrain } from './client.ts'
import type { AbortOptions } from './options.ts'
import type { PreparedChallenge } from './prepare.ts'
import { UserError } from './problems.ts'

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

export type Created = {
  challenge: number
  hash: string
  ledger: number
  /** Unix seconds. */
  closedAt: number
}

/**
 * Uploads the files and creates the challenge; the prize is locked in the same call. Uploads may be repeated freely.
 * @throws UserError `no_funds`, ContractError, ChainFailure, ContentError
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
  return { challenge: receipt.returnValue, hash: receipt.hash, ledger: receipt.ledger, closedAt: receipt.closedAt }
}

async function checkFunds(
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
