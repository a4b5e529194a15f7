/** Everything about a challenge that can be done and shown before anything is uploaded or signed. */

import {
  ContractError,
  cidFromString,
  readAccount,
  readClock,
  readToken,
  scoreToNumber,
  type Terms,
  type Token,
  toDecimal,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import { recipientFromKey } from '@stellartrain/ipfs-content/age'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { encodeManifest, type Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { sealTruth } from '@stellartrain/ipfs-content/seal'
import type { StellarTrain } from './client.ts'
import { assetNamed } from './config.ts'
import { type DescribedDataset, datasetBytes, describeDataset, manifestOf, metricOf } from './manifest.ts'
import type { AbortOptions } from './options.ts'
import type { ChallengePlan } from './plan.ts'
import { UserError } from './problems.ts'
import { type PlannedMoney, termsOf } from './terms.ts'
import { checkThreshold, runTrial, type TrialScores, tryBatches } from './trial.ts'

type PreparedFile = DescribedDataset['file']

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
  client: StellarTrain,
  plan: ChallengePlan,
  maker: string,
  { signal }: AbortOptions = {},
): Promise<PreparedChallenge> {
  const { chain } = client
  const [token, oracles, clock, config] = await Promise.all([
    readToken(chain, tokenContract(chain, assetNamed(client.config, plan.asset)), { signal }),
    readOracles(client, plan.oracles, { signal }),
    readClock(chain, { signal }),
    view(chain, views.config(), { signal }),
  ])
  const truth = new Uint8Array(plan.truth)
  const sealed = await sealTruth({
    csv: truth,
    binding: { network: await networkId(client.config.passphrase), contract: client.config.contract, maker },
    recipients: oracles.map((oracle) => oracle.recipient),
  })
  const metric = await metricOf(plan)
  const rule = plan.payout?.rule
  const labels = rule === 'per_unit'
  const shape = { submission: plan.submission, metric }
  const trial =
    rule === 'earnings'
      ? NO_TRIAL
      : labels
        ? await tryBatches({
            manifest: shape,
            truth,
            items: datasetBytes(plan, plan.labeling?.items),
            labeling: plan.labeling,
          })
        : await runTrial({
            manifest: shape,
            truth,
            salt: sealed.salt,
            baseline: datasetBytes(plan, plan.baseline.dataset),
            ranked: rule === 'ranked',
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
      ...(trial.parts && { parts: trial.parts }),
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
    ...(labels || rule === 'earnings' ? [] : checkThreshold(trial, terms.threshold)),
    ...(await issuerWarnings(client, token, maker, { signal })),
    ...(plan.oracles.length === 1 ? [`One oracle alone decides: ${plan.oracles[0]}.`] : []),
    ...publicationWarnings(manifest, terms),
    ...copyWarnings(manifest, terms, token),
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

/** What the world will not be able to recompute. */
function publicationWarnings({ opens }: Manifest, { payout }: Terms): string[] {
  if (!opens.truth)
    return ['The truth stays closed, so no one can recompute a score; `stellartrain verify` leaves it open.']
  if (payout.tag !== 'Ranked' || opens.submissions === 'all') return []
  const what =
    opens.submissions === 'winning' ? 'Only winning submissions are published' : 'No submissions are published'
  return [
    `${what}, so no one can recompute the ranking, and oracles that falsify it are not found out: publish all submissions.`,
  ]
}

/** Up to this many rows, good models are likely to predict the very same file. */
const FEW_ROWS = 200

function copyWarnings({ submission }: Manifest, { payout, deposit }: Terms, token: Token): string[] {
  const labels = submission.columns.every((column) => column.type === 'string')
  if (!labels || submission.rows > FEW_ROWS || (payout.tag !== 'Bounty' && payout.tag !== 'Ranked')) return []
  const lost = deposit > 0n ? ` and loses its deposit of ${toDecimal(deposit, token.decimals)} ${token.code}` : ''
  return [
    `With ${submission.rows} rows of labels, independent solvers may submit the same predictions: the later one counts as a copy${lost}.`,
  ]
}

/** Nothing is submitted, so nothing can be tried. */
const NO_TRIAL: TrialScores = { direction: 'maximize', perfect: 0n, constant: null, baseline: null }

/** Each oracle's newest key. @throws UserError `oracle_missing` */
async function readOracles(
  client: StellarTrain,
  addresses: readonly string[],
  { signal }: AbortOptions,
): Promise<PreparedOracle[]> {
  return Promise.all(
    addresses.map(async (address) => {
      const { versions } = await view(client.chain, views.oracle({ oracle: address }), { signal }).catch((cause) => {
        if (!(cause instanceof ContractError)) throw cause
        throw new UserError('oracle_missing', `${address} is not registered as an oracle.`, { cause })
      })
      const { key, url } = await view(client.chain, views.oracleKey({ oracle: address, version: versions }), { signal })
      return { address, keyVersion: versions, recipient: recipientFromKey(key), url }
    }),
  )
}

const AUTH_REVOCABLE = 2
const AUTH_CLAWBACK = 8

/** An issuer keeps its powers over what is locked. */
async function issuerWarnings(
  client: StellarTrain,
  token: Token,
  maker: string,
  { signal }: AbortOptions,
): Promise<string[]> {
  if (!token.issuer) return []
  const warnings = token.issuer === maker ? [`You issue ${token.code} yourself, and solvers see that.`] : []
  const issuer = await readAccount(client.chain, token.issuer, { signal })
  if (issuer && (issuer.flags & AUTH_CLAWBACK) !== 0)
    warnings.push(`The issuer of ${token.code} can take it back from any account.`)
  else if (issuer && (issuer.flags & AUTH_REVOCABLE) !== 0)
    warnings.push(`The issuer of ${token.code} can freeze accounts.`)
  return warnings
}
