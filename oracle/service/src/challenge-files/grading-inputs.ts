/** What an oracle must hold to grade a challenge: its manifest and its opened truth, fetched by CID and checked. */
import { quorum } from '@stellartrain/contracts-client/rules'
import {
  ageFileKey,
  checkAgainstTerms,
  fetchCid,
  MANIFEST_MAX_BYTES,
  type Manifest,
  type OpenedTruthFile,
  openItemsFile,
  type Place,
  parseManifest,
} from '@stellartrain/ipfs-content'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { evaluatorModule, PROGRAM_LIMITS } from '@stellartrain/oracle-grade'
import type { SealedTruth } from './sealed.ts'

/** In memory only: the truth must never reach a disk, a log or an answer. */
export type GradingInputs = Readonly<{
  manifest: Manifest
  manifestCid: string
  /** The module that scores, where the maker brings one in the place of a metric. */
  evaluator: Uint8Array | undefined
  truth: OpenedTruthFile
  /** Scored on the public rows, ranked on the private ones. */
  ranked: boolean
  /** Where batches of labels are paid: the items, and the terms of a batch. */
  labeling: Labeling | undefined
}>

export type Labeling = Readonly<{
  items: Uint8Array
  size: number
  minAccuracy: number
  /** What an answer is, where the manifest says so. */
  task: LabelingTask | undefined
  /** Who may label: what a quiz asks, where the manifest has one. */
  quiz: Readonly<{ items: Uint8Array; questions: number; minAccuracy: number; tries: number }> | undefined
  /** Where each item gets so many labelers: who signs the leases that batches need. */
  leased: Readonly<{ overlap: number; oracles: readonly string[]; quorum: number }> | undefined
}>

/** The part of a challenge that its grading inputs depend on; frozen on-chain. */
export type InputsRequest = Readonly<{
  challenge: number
  maker: string
  /** The commitment in the terms, 32 bytes. */
  truth: Uint8Array
  manifestCid: string
  opensTruth: boolean
  ranked: boolean
  maxUnits: number | undefined
  earnings: boolean
  oracles: readonly string[]
}>

export type InputsSource = Readonly<{
  place: Place
  gateways: readonly string[]
  /** Secret age identities to open the truth with. */
  identities(): Promise<readonly string[]>
  /** Opens it and compares it with its commitment. Rejects with ContentError, and with GradeError where it can be graded by nobody. */
  openTruth(manifest: Manifest, file: SealedTruth): Promise<OpenedTruthFile>
}>

/**
 * Fetches and opens what belongs to a challenge: a truth that was sealed for its maker and is the one that the terms committed to.
 * @throws ContentError, GradeError; `retryable` says whether a later try can end differently, else the maker made a mistake.
 */
export async function loadInputs(
  request: InputsRequest,
  source: InputsSource,
  signal: AbortSignal,
): Promise<GradingInputs> {
  const { gateways, place } = source
  const bytes = await fetchCid(request.manifestCid, { gateways, maxBytes: MANIFEST_MAX_BYTES, signal })
  const manifest = parseManifest(bytes)
  checkAgainstTerms(manifest, {
    opensTruth: request.opensTruth,
    ranked: request.ranked,
    maxUnits: request.maxUnits,
    earnings: request.earnings,
    oracles: request.oracles.map((address) => ({ address })),
  })
  // Checked above: only earnings are without one, where nothing is graded.
  if (!manifest.truth) throw new ContentError('bad_manifest', 'The manifest names no truth.')
  const sealed = await fetchCid(manifest.truth.cid, { gateways, maxBytes: manifest.truth.bytes, signal })
  const fileKey = await ageFileKey(sealed, await source.identities())
  const truthPlace = { ...place, maker: request.maker }
  const truth = await source.openTruth(manifest, { sealed, fileKey, place: truthPlace, commitment: request.truth })
  const labeling = await loadLabeling(manifest, request, source, signal)
  const evaluator = await loadEvaluator(manifest, source, signal)
  return { manifest, manifestCid: request.manifestCid, evaluator, truth, ranked: request.ranked, labeling }
}

async function loadEvaluator(
  { metric, datasets }: Manifest,
  { gateways }: InputsSource,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const name = evaluatorModule(metric)
  const dataset = datasets.find((one) => one.name === name)
  if (dataset === undefined) return undefined
  const maxBytes = Math.min(dataset.bytes, PROGRAM_LIMITS.moduleBytes)
  return fetchCid(dataset.cid, { gateways, maxBytes, signal })
}

/** Whether earnings follow from batches of labels: they need a rate, and leases, for no transaction says who labeled what. */
export const isWork = ({ labeling, truth }: Manifest): boolean =>
  labeling?.perItem !== undefined && labeling.overlap !== undefined && truth !== undefined

/** Items to be labeled are held up to this size. */
const ITEMS_MAX_BYTES = 50 * 1024 * 1024

async function loadLabeling(
  manifest: Manifest,
  { maxUnits, earnings, oracles, maker }: InputsRequest,
  { gateways, place, identities }: InputsSource,
  signal: AbortSignal,
): Promise<GradingInputs['labeling']> {
  const { labeling, datasets } = manifest
  const size = maxUnits ?? (earnings && isWork(manifest) ? manifest.submission.rows : undefined)
  const dataset = datasets.find(({ name }) => name === labeling?.items)
  if (size === undefined || labeling === undefined || dataset === undefined) return undefined
  const maxBytes = Math.min(dataset.bytes, ITEMS_MAX_BYTES)
  const file = await fetchCid(dataset.cid, { gateways, maxBytes, signal })
  const items = labeling.private
    ? await openItemsFile({ sealed: file, expected: { ...place, maker }, identities: await identities() })
    : file
  const { minAccuracy, overlap, task } = labeling
  const leased = overlap === undefined ? undefined : { overlap, oracles, quorum: quorum({ oracles }) }
  const asked = datasets.find(({ name }) => name === labeling.quiz?.items)
  const quiz = asked &&
    labeling.quiz && {
      ...labeling.quiz,
      items: await fetchCid(asked.cid, { gateways, maxBytes: Math.min(asked.bytes, QUIZ_MAX_BYTES), signal }),
    }
  return { items, size, minAccuracy, quiz, leased, task }
}

/** What a quiz can ask is held beside the items. */
const QUIZ_MAX_BYTES = 4 * 1024 * 1024
