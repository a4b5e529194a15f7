/** The path of a challenge up to its money being locked: prepare → review → upload → sign once. */

import { recipientFromKey } from '@stellartrain/content/age'
import { computeCid } from '@stellartrain/content/import'
import { encodeManifest, type Manifest } from '@stellartrain/content/manifest'
import { networkId } from '@stellartrain/content/network'
import { sealTruth } from '@stellartrain/content/seal'
import {
  asSigner,
  ContractError,
  cidFromString,
  createChallenge as createCall,
  invoke,
  type Progress,
  readAccount,
  readBalance,
  readClock,
  readToken,
  type SignerLike,
  scoreToNumber,
  type Terms,
  type Token,
  toDecimal,
  tokenContract,
  view,
  views,
} from '@stellartrain/contract'
import { sha256Hex } from './digest.ts'
import type { ChallengePlan } from './plan.ts'
import { UserError } from './problems.ts'
import type { System } from './system.ts'
import { type PlannedMoney, termsOf } from './terms.ts'
import { checkThreshold, runTrial, type TrialScores } from './trial.ts'

export type { ChallengePlan, PlannedDataset } from './plan.ts'
export type { TrialScores } from './trial.ts'

type Options = { signal?: AbortSignal | undefined }
type PreparedFile = { name: string; cid: string; bytes: Uint8Array<ArrayBuffer> }

export type PreparedOracle = { address: string; keyVersion: number; recipient: string; url: string }

/** Everything that will be uploaded and signed, for a person to look at first. */
export type PreparedChallenge = {
  maker: string
  terms: Terms
  money: PlannedMoney
  token: Token
  manifest: Manifest
  manifestCid: string
  /** In the order in which they are uploaded; the manifest last. */
  files: PreparedFile[]
  oracles: PreparedOracle[]
  trial: TrialScores
  /** What the maker should know before signing. */
  warnings: string[]
  /** Secret until the end: with the truth it opens the commitment. Keep both to open the truth yourself later. */
  salt: Uint8Array
}

/**
 * Prepares a challenge: seals the truth, runs the metric, writes manifest and terms. Uploads and spends nothing.
 * @throws UserError, GradeError, ContentError, ChainFailure
 */
export async function prepareChallenge(
  system: System,
  plan: ChallengePlan,
  maker: string,
  { signal }: Options = {},
): Promise<PreparedChallenge> {
  const { chain } = system
  const [token, oracles, clock, config] = await Promise.all([
    readToken(chain, tokenContract(chain, plan.asset), { signal }),
    readOracles(system, plan.oracles, { signal }),
    readClock(chain, { signal }),
    view(chain, views.config(), { signal }),
  ])
  const truth = new Uint8Array(plan.truth)
  const sealed = await sealTruth({
    csv: truth,
    binding: { network: await networkId(system.config.passphrase), contract: system.config.contract, maker },
    recipients: oracles.map((oracle) => oracle.recipient),
  })
  const metric = await metricOf(plan)
  const trial = await runTrial({
    manifest: { submission: plan.submission, metric },
    truth,
    salt: sealed.salt,
    baseline: datasetBytes(plan, plan.baseline.dataset),
  })
  const data = await Promise.all(plan.datasets.map(describeDataset))
  const truthCid = await computeCid(sealed.sealed)
  const manifest = manifestOf(plan, {
    metric,
    datasets: data.map((one) => one.entry),
    truth: {
      cid: truthCid,
      commitment: sealed.commitment,
      bytes: sealed.sealed.length,
      recipients: oracles.map((oracle) => ({ oracle: oracle.address, key: oracle.recipient })),
    },
    baselineScore: trial.baseline === null ? plan.baseline.score : scoreToNumber(trial.baseline),
  })
  const manifestBytes = encodeManifest(manifest)
  const manifestCid = await computeCid(manifestBytes)
  const { terms, money } = termsOf(plan, cidFromString(manifestCid), {
    token,
    now: clock.closedAt,
    minPatience: Number(config.min_patience),
    direction: trial.direction,
  })
  const warnings = [
    ...checkThreshold(trial, terms.threshold),
    ...(await issuerWarnings(system, token, maker, { signal })),
    ...(plan.oracles.length === 1 ? [`Graded by one party, ${plan.oracles[0]}.`] : []),
    ...(terms.opens_truth ? [] : ['The truth stays closed: scores cannot be recomputed.']),
  ]
  return {
    maker,
    terms,
    money,
    token,
    manifest,
    manifestCid,
    files: [
      ...data.map((one) => one.file),
      { name: 'sealed truth', cid: truthCid, bytes: sealed.sealed },
      { name: 'manifest', cid: manifestCid, bytes: manifestBytes },
    ],
    oracles,
    trial,
    warnings,
    salt: sealed.salt,
  }
}

export type CreateProgress =
  | { step: 'signing_in' }
  | { step: 'uploading'; name: string; file: number; files: number; sent: number; total: number }
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
  system: System,
  prepared: PreparedChallenge,
  signerLike: SignerLike,
  options: Options & { onProgress?: (progress: CreateProgress) => void } = {},
): Promise<Created> {
  const { signal, onProgress = () => {} } = options
  const signer = asSigner(signerLike)
  if (signer.address !== prepared.maker) {
    throw new UserError(
      'bad_input',
      `This challenge was prepared for ${prepared.maker}; its truth is sealed for that maker.`,
    )
  }
  await checkFunds(system, prepared, { signal })
  for (const [index, file] of prepared.files.entries()) {
    const place = { name: file.name, file: index + 1, files: prepared.files.length }
    const cid = await system.sessions.upload(file.bytes, signer, {
      signal,
      onSigning: () => onProgress({ step: 'signing_in' }),
      onProgress: (sent, total) => onProgress({ step: 'uploading', ...place, sent, total }),
    })
    if (cid !== file.cid) throw new UserError('bad_input', `The file ${file.name} was stored under another CID.`)
  }
  onProgress({ step: 'uploaded' })
  const call = createCall({ maker: prepared.maker, terms: prepared.terms, fee_budget: prepared.money.feeBudget })
  const receipt = await invoke(system.chain, call, signer, {
    signal,
    onProgress: (progress) => onProgress({ step: 'funding', progress }),
  })
  return { challenge: receipt.returnValue, hash: receipt.hash, ledger: receipt.ledger, closedAt: receipt.closedAt }
}

async function checkFunds(
  system: System,
  { token, money, maker }: PreparedChallenge,
  { signal }: Options,
): Promise<void> {
  const balance = await readBalance(system.chain, token, maker, { signal })
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

/** Each oracle's newest key. @throws UserError `oracle_missing` */
async function readOracles(
  system: System,
  addresses: readonly string[],
  { signal }: Options,
): Promise<PreparedOracle[]> {
  return Promise.all(
    addresses.map(async (address) => {
      const { versions } = await view(system.chain, views.oracle({ oracle: address }), { signal }).catch((cause) => {
        if (!(cause instanceof ContractError)) throw cause
        throw new UserError('oracle_missing', `${address} is not registered as an oracle.`, { cause })
      })
      const { key, url } = await view(system.chain, views.oracleKey({ oracle: address, version: versions }), { signal })
      return { address, keyVersion: versions, recipient: recipientFromKey(key), url }
    }),
  )
}

async function metricOf(plan: ChallengePlan): Promise<Manifest['metric']> {
  const { getMetric } = await import('@stellartrain/grade')
  const metric = getMetric(plan.metric.id)
  return { id: metric.id, params: plan.metric.params ?? {}, version: metric.version }
}

function datasetBytes(plan: ChallengePlan, name: string | undefined): Uint8Array | undefined {
  if (name === undefined) return undefined
  const dataset = plan.datasets.find((one) => one.name === name)
  if (!dataset) throw new UserError('bad_input', `The baseline names the file ${name}, which is not among the data.`)
  return dataset.bytes
}

async function describeDataset(dataset: ChallengePlan['datasets'][number]) {
  const bytes = new Uint8Array(dataset.bytes)
  const cid = await computeCid(bytes)
  const entry: Manifest['datasets'][number] = {
    name: dataset.name,
    role: dataset.role,
    cid,
    sha256: await sha256Hex(bytes),
    bytes: bytes.length,
    version: dataset.version ?? 1,
    previous: dataset.previous ?? null,
    mediaType: dataset.mediaType ?? 'text/csv',
    ...(dataset.columns ? { columns: dataset.columns } : {}),
  }
  return { entry, file: { name: dataset.name, cid, bytes } }
}

function manifestOf(
  plan: ChallengePlan,
  parts: Pick<Manifest, 'metric' | 'datasets' | 'truth'> & { baselineScore: number | undefined },
): Manifest {
  if (parts.baselineScore === undefined) {
    throw new UserError('bad_input', 'The baseline needs a score, or a published file from which it is computed.')
  }
  return {
    format: 'stellartrain/manifest',
    version: 1,
    kind: 'competition',
    title: plan.title,
    summary: plan.summary,
    description: plan.description,
    license: plan.license,
    tags: plan.tags ?? [],
    datasets: parts.datasets,
    submission: plan.submission,
    metric: parts.metric,
    baseline: {
      description: plan.baseline.description,
      score: parts.baselineScore,
      ...(plan.baseline.dataset === undefined ? {} : { dataset: plan.baseline.dataset }),
    },
    truth: parts.truth,
    opens: plan.publishes ?? { truth: true, submissions: 'winning' },
  }
}

const AUTH_REVOCABLE = 2
const AUTH_CLAWBACK = 8

/** An issuer keeps its powers over what is locked. */
async function issuerWarnings(system: System, token: Token, maker: string, { signal }: Options): Promise<string[]> {
  if (!token.issuer) return []
  const warnings = token.issuer === maker ? [`You issue ${token.code} yourself: solvers will see that.`] : []
  const issuer = await readAccount(system.chain, token.issuer, { signal })
  if (issuer && (issuer.flags & AUTH_CLAWBACK) !== 0)
    warnings.push(`The issuer of ${token.code} can take it back from any account.`)
  else if (issuer && (issuer.flags & AUTH_REVOCABLE) !== 0)
    warnings.push(`The issuer of ${token.code} can freeze accounts.`)
  return warnings
}
