/** What an oracle must hold to grade a challenge: its manifest and its opened truth, fetched by CID and checked. */
import {
  checkAgainstTerms,
  fetchCid,
  MANIFEST_MAX_BYTES,
  type Manifest,
  type OpenedTruth,
  openTruth,
  type Place,
  parseManifest,
} from '@stellartrain/content'

/** In memory only: the truth must never reach a disk, a log or an answer. */
export type Paper = Readonly<{
  manifest: Manifest
  manifestCid: string
  truth: OpenedTruth
  /** Scored on the public rows, ranked on the private ones. */
  ranked: boolean
}>

/** The part of a challenge that its papers depend on; frozen on-chain. */
export type PaperRequest = Readonly<{
  challenge: number
  maker: string
  manifestCid: string
  opensTruth: boolean
  ranked: boolean
  oracles: readonly string[]
}>

export type PaperSource = Readonly<{
  place: Place
  gateways: readonly string[]
  /** Secret age identities to open the truth with. */
  identities(): Promise<readonly string[]>
}>

/**
 * Fetches and opens what belongs to a challenge.
 * @throws ContentError; `retryable` says whether a later try can end differently, else the maker made a mistake.
 */
export async function loadPaper(request: PaperRequest, source: PaperSource, signal: AbortSignal): Promise<Paper> {
  const { gateways, place } = source
  const bytes = await fetchCid(request.manifestCid, { gateways, maxBytes: MANIFEST_MAX_BYTES, signal })
  const manifest = parseManifest(bytes)
  checkAgainstTerms(manifest, {
    opensTruth: request.opensTruth,
    ranked: request.ranked,
    oracles: request.oracles.map((address) => ({ address })),
  })
  const sealed = await fetchCid(manifest.truth.cid, { gateways, maxBytes: manifest.truth.bytes, signal })
  const truth = await openTruth({
    sealed,
    identities: await source.identities(),
    expected: { ...place, maker: request.maker, commitment: manifest.truth.commitment },
  })
  return { manifest, manifestCid: request.manifestCid, truth, ranked: request.ranked }
}
