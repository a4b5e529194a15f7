/** Everything about a challenge that can be done and shown before anything is uploaded or signed. */

import {
  ContractError,
  cidFromString,
  readAccount,
  readClock,
  readToken,
  termsOf as rulesTerms,
  scoreToNumber,
  type Terms,
  type Token,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import { recipientFromKey } from '@stellartrain/ipfs-content/age'
import { formHash } from '@stellartrain/ipfs-content/form-hash'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { encodeManifest, type Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId, type TruthPlace } from '@stellartrain/ipfs-content/network'
import { sealItemsFile, sealTruthFile } from '@stellartrain/ipfs-content/seal'
import { datasetOf } from '../challenge/dataset-versions.ts'
import { truthFormHash } from '../challenge/forms.ts'
import { probingPrice } from '../challenge/terms-words.ts'
import { WHERE_ORACLES } from '../oracles/where.ts'
import type { StellarTrain } from '../system/client.ts'
import { assetNamed } from '../system/config.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { classWarnings } from './class-warnings.ts'
import { type DescribedDataset, datasetBytes, describeDataset, manifestOf, metricOf } from './manifest.ts'
import { placeholderWarnings, refusePlaceholders } from './placeholders.ts'
import type { ChallengePlan, PlannedDataset } from './plan.ts'
import { type PlannedRecount, planRecount, withJudge } from './recount-judge.ts'
import { type PlannedMoney, termsOf } from './terms.ts'
import { checkThreshold, runTrial, type TrialScores, tryBatches } from './trial.ts'
import type { UniqueContent } from './unique-content.ts'

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
  /** What items link to; uploaded before the files. */
  media: Uint8Array<ArrayBuffer>[]
  oracles: PreparedOracle[]
  trial: TrialScores
  /** Whether identical content counts as a copy, and why. */
  unique: UniqueContent
  /** How the judge scores again, where it is the contract that grades; fixed by a second signature. */
  recount: PlannedRecount | null
  /** What the maker should know before signing. */
  warnings: string[]
  /** Secret until the end: with the truth it opens the commitment in the terms. Keep both to open the truth yourself later. */
  salt: Uint8Array
}

/**
 * Prepares a challenge: seals the truth, runs the metric, writes manifest and terms. Uploads and spends nothing.
 * @param options `tryOut`: runs the metric elsewhere than here, for pages that would stand still
 * @throws UserError, GradeError, ContentError, ChainFailure
 */
export async function prepareChallenge(
  client: StellarTrain,
  planned: ChallengePlan,
  maker: string,
  { signal, tryOut = runTrial }: AbortOptions & { tryOut?: typeof runTrial } = {},
): Promise<PreparedChallenge> {
  refusePlaceholders(planned)
  const { chain } = client
  const plan = withJudge(client, planned)
  const [token, oracles, clock, config] = await Promise.all([
    readToken(chain, tokenContract(chain, assetNamed(client.config, plan.asset)), { signal }),
    readOracles(client, plan.oracles, { signal }),
    readClock(chain, { signal }),
    view(chain, views.config(), { signal }),
  ])
  const truth = new Uint8Array(plan.truth)
  const metric = await metricOf(plan)
  const { evaluatorModule } = await import('@stellartrain/oracle-grade')
  const rule = plan.payout?.rule
  const earnings = rule === 'earnings'
  // Known items are sealed and committed to by whichever rule their labelers are paid.
  const known = rule === 'per_unit' || (earnings && plan.labeling !== undefined)
  const sealing = !earnings || known
  const shape = { submission: plan.submission, metric }
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract, maker }
  const recipients = oracles.map((oracle) => oracle.recipient)
  const form = sealing ? await truthFormHash(shape, truth) : formHash(new Uint8Array())
  const sealed = await sealTruthFile({ csv: truth, place, recipients, formHash: form })
  // Zeros where there is no truth to commit to.
  const commitment = sealing ? sealed.commitment : new Uint8Array(32)
  const trial = !sealing
    ? NO_TRIAL
    : known
      ? await tryBatches({
          manifest: shape,
          truth,
          items: datasetBytes(plan, plan.labeling?.items),
          quizItems: datasetBytes(plan, plan.labeling?.quiz?.items),
          labeling: plan.labeling,
        })
      : await tryOut({
          manifest: shape,
          truth,
          salt: sealed.salt,
          baseline: datasetBytes(plan, plan.baseline.dataset),
          evaluator: datasetBytes(plan, evaluatorModule(metric)),
          ranked: rule === 'ranked',
        })
  const data = await Promise.all(
    plan.datasets.map(async (published) => {
      const isPrivate = plan.labeling?.private === true && published.name === plan.labeling.items
      const dataset = isPrivate
        ? await sealedItems(published, { place, recipients, results: plan.labeling?.results })
        : published
      const { newVersionOf: of } = dataset
      if (of === undefined) return describeDataset(dataset)
      const {
        challenge: _,
        title: __,
        idColumn: ___,
        ...before
      } = await datasetOf(client, of.challenge, of.name, { signal })
      return describeDataset(dataset, before)
    }),
  )
  const manifest = manifestOf(plan, {
    metric,
    datasets: data.map((one) => one.entry),
    ...(sealing && {
      truth: {
        cid: sealed.cid,
        bytes: sealed.sealed.length,
        recipients: oracles.map((oracle) => ({ oracle: oracle.address, key: oracle.recipient })),
        ...(trial.parts && { parts: trial.parts }),
      },
    }),
    baselineScore: trial.baseline === null ? plan.baseline.score : scoreToNumber(trial.baseline),
  })
  const manifestBytes = encodeManifest(manifest)
  const manifestCid = await computeCid(manifestBytes)
  const { terms, money, unique } = termsOf(plan, cidFromString(manifestCid), {
    token,
    now: clock.closedAt,
    minPatience: Number(config.min_patience),
    minWindow: Number(config.min_window),
    direction: trial.direction,
    truth: commitment,
  })
  const recount = await planRecount(client, terms, { manifest, truth }, { signal })
  const warnings = [
    ...(known || earnings
      ? []
      : [...checkThreshold(trial, terms.threshold), ...(await classWarnings(manifest, truth))]),
    ...(await issuerWarnings(client, token, maker, { signal })),
    ...judgeWarnings(terms, maker, recount !== null),
    ...(recount?.warnings ?? []),
    ...publicationWarnings(manifest, terms),
    ...(unique.against ? [unique.why] : []),
    ...askingWarnings(terms, manifest, money.feeBudget),
    ...placeholderWarnings(planned),
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
      ...(sealing ? [{ name: 'sealed truth', cid: sealed.cid, bytes: sealed.sealed }] : []),
      { name: 'manifest', cid: manifestCid, bytes: manifestBytes },
    ],
    media: (plan.media ?? []).map(({ bytes }) => new Uint8Array(bytes)),
    oracles,
    trial,
    unique,
    recount: recount?.planned ?? null,
    warnings,
    salt: sealed.salt,
  }
}

/** Private items as they are uploaded. The maker reads them again by the key that opens the labels. @throws UserError `bad_input` */
async function sealedItems(
  { name, role, bytes: csv }: PlannedDataset,
  of: { place: TruthPlace; recipients: readonly string[]; results: string | undefined },
): Promise<PlannedDataset> {
  const { place, recipients, results } = of
  if (!results?.startsWith('age1'))
    throw new UserError(
      'bad_input',
      'Private items need a key to which the labels are sealed: `results` is an age key.',
    )
  const { sealed } = await sealItemsFile({ csv, place, recipients: [...recipients, results] })
  return { name, role, bytes: sealed, mediaType: 'application/octet-stream' }
}

/** What the world will not be able to recompute. */
function publicationWarnings({ opens }: Manifest, { payout }: Terms): string[] {
  if (payout.tag === 'Earnings') return []
  if (!opens.truth)
    return ['The truth stays closed, so no one can recompute a score; `stellartrain verify` leaves it open.']
  if (payout.tag !== 'Ranked' || opens.submissions === 'all') return []
  const what =
    opens.submissions === 'winning' ? 'Only winning submissions are published' : 'No submissions are published'
  return [
    `${what}, so no one can recompute the ranking, and a falsified one would go unnoticed: publish all submissions.`,
  ]
}

/** @throws UserError `bad_input` for a judge that the contract refuses */
function judgeWarnings({ judge, payout }: Terms, maker: string, ranks: boolean): string[] {
  if (judge === null) return []
  if (judge.address === maker)
    throw new UserError('bad_input', 'The maker cannot be the judge: no one would believe its ballots.')
  if (payout.tag === 'Earnings')
    throw new UserError('bad_input', 'A challenge that pays by earnings has no judge: nothing is submitted.')
  if (payout.tag === 'Ranked' && judge.address.startsWith('C') && !ranks)
    return [
      'The judge is a contract, and may be unable to rank: a jury is. If your oracles post no ranking, the running table then pays.',
    ]
  return []
}

/** Probing must not be cheaper than the reward. */
function askingWarnings(terms: Terms, { submission }: Manifest, budget: bigint): string[] {
  const price = probingPrice(rulesTerms(terms), submission.rows, budget)
  if (!price || price.own >= price.reward) return []
  return [
    'Reading the labels from the scores of many submissions costs less than the reward: raise the oracle fee, or lower the reward.',
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
        throw new UserError('oracle_missing', `${address} is not registered as an oracle. ${WHERE_ORACLES}`, { cause })
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
