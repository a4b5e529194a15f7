/** A challenge with all that a path needs of it, read from the chain and from CID-checked content, never from an indexer. */

import {
  ChainFailure,
  type Challenge,
  cidToString,
  type LedgerClock,
  Ranking,
  readClock,
  readToken,
  type State,
  Status,
  type Token,
  view,
  views,
} from '@stellartrain/contracts-client'
import { recipientFromKey } from '@stellartrain/ipfs-content/age'
import {
  checkAgainstTerms,
  MANIFEST_MAX_BYTES,
  type Manifest,
  parseManifest,
} from '@stellartrain/ipfs-content/manifest'
import type { StellarTrain } from './client.ts'
import { fetchContent } from './content.ts'
import type { AbortOptions } from './options.ts'

export type Phase = 'awaiting_oracles' | 'upcoming' | 'open' | 'grading' | 'ended' | 'expired' | 'cancelled'

export type ChallengeFacts = {
  id: number
  challenge: Challenge
  state: State
  phase: Phase
  token: Token
  clock: LedgerClock
}

export type ChallengeContext = ChallengeFacts & {
  manifest: Manifest
  manifestCid: string
}

export type Recipient = { oracle: string; version: number; recipient: string }

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
  return { id, challenge, state, clock, token, phase: phaseOf(challenge, state, clock.closedAt) }
}

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
    maxUnits: challenge.terms.payout.tag === 'PerUnit' ? challenge.terms.payout.values[0].max_units : undefined,
    oracles: challenge.terms.oracles.map((address) => ({ address })),
  })
  return manifest
}

/** By the ledger's clock; the same names as in the API. */
export function phaseOf(challenge: Challenge, state: State, now: number): Phase {
  const { terms } = challenge
  if (state.status === Status.Cancelled) return 'cancelled'
  if (state.status === Status.Ended) return 'ended'
  if (state.silence !== null) return 'expired'
  const all = state.finalized === state.submitted
  if (state.accepted.some((version) => version === 0)) {
    return BigInt(now) >= terms.accept_by ? 'expired' : 'awaiting_oracles'
  }
  if (BigInt(now) < terms.opens) return 'upcoming'
  if (BigInt(now) < terms.deadline) return 'open'
  // All is final, and the oracles rank.
  const unranked = terms.payout.tag === 'Ranked' && state.ranking === Ranking.Open && state.submitted > 0
  if (all && !unranked) return 'ended'
  return BigInt(now) < terms.grade_by ? 'grading' : 'expired'
}

/** Whom a submission is sealed for: every oracle, by the key version that it accepted with. */
export async function readRecipients(
  client: StellarTrain,
  { challenge, state }: Pick<ChallengeFacts, 'challenge' | 'state'>,
  { signal }: AbortOptions = {},
): Promise<Recipient[]> {
  return Promise.all(
    challenge.terms.oracles.map(async (oracle, index) => {
      const version = state.accepted[index] ?? 0
      if (version === 0) throw new ChainFailure('bad_input', `The oracle ${oracle} has not accepted the challenge yet.`)
      const { key } = await view(client.chain, views.oracleKey({ oracle, version }), { signal })
      return { oracle, version, recipient: recipientFromKey(key) }
    }),
  )
}
