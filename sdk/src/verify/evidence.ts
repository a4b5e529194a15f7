/** Collects what a verification rests on: storage, events, and public content checked against its CIDs. */

import {
  type BoardRow,
  type Challenge,
  cidToString,
  readClock,
  readToken,
  type State,
  type Submission,
  stored,
  type Token,
  view,
  views,
} from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { MANIFEST_MAX_BYTES, type Manifest, parseManifest } from '@stellartrain/ipfs-content/manifest'
import type { StellarTrain } from '../client.ts'
import { fetchContent } from '../content.ts'
import { type ChallengeHistory, locate, readHistory, type SubmissionRef } from '../history.ts'
import type { AbortOptions } from '../options.ts'
import { UserError } from '../problems.ts'
import { type SubmissionStatus, statusOf } from '../submission-status/facts.ts'
import type { NotOpened } from './check.ts'
import { gatherTruth, type OpenedTruth } from './opened.ts'
import type { Override } from './override.ts'

export type Evidence = {
  ref: SubmissionRef
  passphrase: string
  challenge: Challenge
  state: State
  /** By the ledger's clock; unlike the stored verdict it knows what time alone has decided. */
  status: SubmissionStatus
  /** The ledger's clock, unix seconds. */
  now: bigint
  /** By the contract's own view, and from its storage. */
  shown: Submission
  raw: Submission | undefined
  /** Winners of a bounty in the order of their submissions; of a ranking the running table, or the ranking. */
  places: BoardRow[]
  firstWithContent: number | undefined
  /** What `release_payment` would send now, base units. */
  owed: bigint
  /** What the contract says that this submission won, sent or not. */
  won: bigint
  token: Token
  history: ChallengeHistory
  manifest: Manifest | ContentError
  opened: OpenedTruth | NotOpened
}

/** @throws UserError `not_found`, ContractError `NoChallenge`/`NoSubmission`, ChainFailure */
export async function gather(
  client: StellarTrain,
  ref: { challenge: number; number: number } | SubmissionRef,
  override: Override,
  { signal }: AbortOptions,
): Promise<Evidence> {
  const { chain } = client
  const id = ref.challenge
  const challenge = await stored.challenge(chain, id, { signal })
  if (!challenge) throw new UserError('not_found', `There is no challenge ${id} in the contract's storage.`)
  const history = await readHistory(client, id, { signal })
  const found = 'solver' in ref ? ref : await locate(client, id, ref.number, { signal, history })
  const [state, places, shown, [raw], outcome, owed, token, clock, network] = await Promise.all([
    stored.state(chain, id, { signal }),
    stored.board(chain, id, { signal }),
    view(chain, views.submission(found), { signal }),
    stored.submissions(chain, id, [found], { signal }),
    view(chain, views.outcome(found), { signal }),
    view(chain, views.owed(found), { signal }),
    readToken(chain, challenge.terms.token, { signal }),
    readClock(chain, { signal }),
    chain.rpc.request<{ passphrase: string }>('getNetwork', undefined, { signal }),
  ])
  if (!state) throw new UserError('not_found', `The counters of challenge ${id} are not in the contract's storage.`)
  const manifest = await gatherManifest(client, challenge, override, { signal })
  return {
    ref: found,
    passphrase: network.passphrase,
    challenge,
    state,
    status: statusOf(shown, state, challenge.terms, clock.closedAt),
    now: BigInt(clock.closedAt),
    shown,
    raw,
    places,
    firstWithContent: await stored.content(chain, id, shown.content_hash, { signal }),
    owed,
    won: outcome.prize,
    token,
    history,
    manifest,
    opened: await gatherTruth(
      client,
      { id, challenge, manifest, shown, solver: found.solver, won: outcome.prize > 0n },
      override,
      { signal },
    ),
  }
}

async function gatherManifest(client: StellarTrain, challenge: Challenge, override: Override, options: AbortOptions) {
  const cid = cidToString(challenge.terms.manifest)
  try {
    if (!override.manifest) return parseManifest(await fetchContent(client, cid, MANIFEST_MAX_BYTES, options))
    const got = await computeCid(override.manifest)
    if (got !== cid)
      throw new ContentError('cid_mismatch', `These bytes have the CID ${got}, the challenge names ${cid}.`)
    return parseManifest(override.manifest)
  } catch (error) {
    if (error instanceof ContentError) return error
    throw error
  }
}
