/** A challenge with all that a path needs of it, read from the chain and from CID-checked content, never from an indexer. */

import {
  ChainFailure,
  type Challenge,
  cidToString,
  type LedgerClock,
  readClock,
  readToken,
  type State,
  type Token,
  termsOf,
  view,
  views,
} from '@stellartrain/contracts-client'
import { toHex } from '@stellartrain/contracts-client/hex'
import { type Phase, phase, type Terms } from '@stellartrain/contracts-client/rules'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import {
  checkAgainstTerms,
  MANIFEST_MAX_BYTES,
  type Manifest,
  parseManifest,
} from '@stellartrain/ipfs-content/manifest'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import type { AbortOptions } from '../system/options.ts'

export type ChallengeFacts = {
  id: number
  challenge: Challenge
  state: State
  /** The terms as the rules take them. */
  terms: Terms
  phase: Phase
  token: Token
  clock: LedgerClock
}

export type ChallengeContext = ChallengeFacts & {
  manifest: Manifest
  manifestCid: string
}

/** What the chain says. @throws ContractError `NoChallenge`, ChainFailure */
export async function readFacts(
  client: StellarTrain,
  id: number,
  { signal }: AbortOptions = {},
): Promise<ChallengeFacts> {
  const { chain } = client
  const [challenge, state, clock] = await Promise.all([
    view(chain, views.challenge({ challenge: id }), { signal }),
    view(chain, views.state({ challenge: id }), { signal }),
    readClock(chain, { signal }),
  ])
  const token = await readToken(chain, challenge.terms.token, { signal })
  const terms = termsOf(challenge.terms)
  return { id, challenge, state, terms, clock, token, phase: phase(terms, phaseFacts(state), clock.closedAt) }
}

/** The commitment in the terms is the one that counts; a manifest that names another one lies, and most name none. @throws ContentError `bad_manifest` */
export function checkCommitment({ truth }: Pick<Manifest, 'truth'>, { terms }: Challenge): void {
  if (truth?.commitment === undefined || truth.commitment === toHex(terms.truth)) return
  throw new ContentError('bad_manifest', 'The manifest names another commitment of the truth than the terms on-chain.')
}

/** What decides on the phase beside the clock. */
export const phaseFacts = ({ cancelled, accepted, ended }: Pick<State, 'cancelled' | 'accepted' | 'ended'>) => ({
  cancelled,
  accepted: accepted.every((version) => version > 0),
  ended: ended > 0n,
})

/** The facts and the manifest. @throws also ContentError when the manifest cannot be had or contradicts the terms. */
export async function readContext(
  client: StellarTrain,
  id: number,
  options: AbortOptions = {},
): Promise<ChallengeContext> {
  const facts = await readFacts(client, id, options)
  const manifestCid = cidToString(facts.challenge.terms.manifest)
  return { ...facts, manifestCid, manifest: await readManifest(client, facts.challenge, options) }
}

export async function readManifest(
  client: StellarTrain,
  challenge: Challenge,
  { signal }: AbortOptions = {},
): Promise<Manifest> {
  const bytes = await fetchContent(client, cidToString(challenge.terms.manifest), MANIFEST_MAX_BYTES, { signal })
  const manifest = parseManifest(bytes)
  checkAgainstTerms(manifest, {
    opensTruth: challenge.terms.opens_truth,
    ranked: challenge.terms.payout.tag === 'Ranked',
    earnings: challenge.terms.payout.tag === 'Earnings',
    maxUnits: challenge.terms.payout.tag === 'PerUnit' ? challenge.terms.payout.values[0].max_units : undefined,
    oracles: challenge.terms.oracles.map((address) => ({ address })),
  })
  checkCommitment(manifest, challenge)
  return manifest
}

/** The key that submissions of the challenge are sealed to. @throws ChainFailure before the first oracle accepted */
export function challengeKey({ state, challenge }: Pick<ChallengeFacts, 'challenge' | 'state'>): Uint8Array {
  if (state.key) return state.key
  throw new ChainFailure('bad_input', `The oracle ${challenge.terms.oracles[0]} has not made the challenge key yet.`)
}
