/** Collects what a verification rests on: storage, events, and public content checked against its CIDs. */

import {
  type BoardRow,
  type Challenge,
  challengeOf,
  cidToString,
  readToken,
  type State,
  type Submission,
  stored,
  type Token,
  termsOf,
} from '@stellartrain/contracts-client'
import { type Challenge as Counters, type StatusName, standing } from '@stellartrain/contracts-client/rules'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { MANIFEST_MAX_BYTES, type Manifest, parseManifest } from '@stellartrain/ipfs-content/manifest'
import { type EvaluatorFile, evaluatorFile } from '@stellartrain/oracle-grade'
import { type OnnxRuntime, onnxFor } from '@stellartrain/oracle-grade/onnx'
import { type ChallengeHistory, locate, readHistory, type SubmissionRef } from '../challenge/history.ts'
import { fetchEvaluator } from '../grade/evaluator.ts'
import { readTakers } from '../oracles/handout.ts'
import { amountsOf } from '../story/amounts.ts'
import type { StoryFacts } from '../story/facts.ts'
import { factsFromChain } from '../story/from-chain.ts'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import type { NotOpened } from './check.ts'
import { readMoment } from './moment.ts'
import { gatherTruth, type OpenedTruth } from './opened.ts'
import type { Override } from './override.ts'

export type Evidence = {
  ref: SubmissionRef
  passphrase: string
  challenge: Challenge
  state: State
  /** By the ledger's clock; unlike the stored verdict it knows what time alone has decided. */
  status: StatusName
  /** What the chain says, as the rules and the teller take it. */
  facts: StoryFacts
  /** By the contract's own view, and from its storage. */
  shown: Submission
  raw: Submission | undefined
  /** Winners of a bounty; of a competition the ranking, or the running table while there is none. */
  places: BoardRow[]
  /** Every entry of the challenge that is in storage, by number; of submissions whose event is known. */
  entries: ReadonlyMap<number, { solver: string; attempt: number; entry: Submission }>
  /** What `release_payment` would send now, base units. */
  owed: bigint
  token: Token
  /** Where sealed files can be: the IPFS node, and the oracles, who serve what they fetched. */
  gateways: readonly string[]
  history: ChallengeHistory
  manifest: Manifest | ContentError
  /** What scores, where the metric is an evaluator; an error where it cannot be had. */
  evaluator: EvaluatorFile | ContentError | undefined
  /** What runs ONNX models, where the challenge takes them. */
  onnx: OnnxRuntime | undefined
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
  const known = await readHistory(client, id, { signal })
  const found = 'solver' in ref ? ref : await locate(client, id, ref.number, { signal, history: known })
  const [{ own, owed, shown, history, named, entries, clock }, token, network] = await Promise.all([
    readMoment(client, found, termsOf(challenge.terms), known, { signal }),
    readToken(chain, challenge.terms.token, { signal }),
    chain.rpc.request<{ passphrase: string }>('getNetwork', undefined, { signal }),
  ])
  const { state, board, rankings, submission: raw } = own
  if (!state) throw new UserError('not_found', `The counters of challenge ${id} are not in the contract's storage.`)
  const { solver, attempt } = found
  const { events, complete } = history
  const entry = { frozen: challenge, state, board, ranking: rankings.rows, solver, attempt, stored: shown }
  const facts = factsFromChain({ ...entry, events, complete, token, now: clock.closedAt })
  const manifest = await gatherManifest(client, challenge, override, { signal })
  const counters = challengeOf(challenge.terms, state, board, rankings.rows)
  const takers = await readTakers(client, challenge.terms.oracles, { signal })
  const gateways = [...client.gateways, ...takers.flatMap(({ url, who }) => (who === 'ipfs' ? [] : url))]
  const of = { id, challenge, manifest, shown, solver, won: hasPrize(facts), gateways }
  return {
    ref: found,
    passphrase: network.passphrase,
    challenge,
    state,
    status: standing(facts.terms, facts.challenge, facts.submission, facts.now).status,
    facts,
    shown,
    raw,
    places: placesOf(counters, board, rankings.rows),
    entries: new Map(
      named.flatMap((one, at) => {
        const entry = entries[at]
        return entry ? [[entry.number, { ...one, entry }] as const] : []
      }),
    ),
    owed,
    token,
    gateways,
    history,
    manifest,
    evaluator: await gatherEvaluator(client, manifest, { signal }),
    onnx: manifest instanceof ContentError ? undefined : await onnxFor(manifest),
    opened: await gatherTruth(client, of, override, { signal }),
  }
}

const hasPrize = (facts: StoryFacts): boolean => {
  const { prize, pay } = amountsOf(facts)
  return prize + pay > 0n
}

function placesOf({ rankings }: Counters, board: BoardRow[], ranking: BoardRow[]): BoardRow[] {
  return rankings.placed === 'oracles' || rankings.placed === 'judge' ? ranking : board
}

async function gatherEvaluator(client: StellarTrain, manifest: Manifest | ContentError, options: AbortOptions) {
  if (manifest instanceof ContentError) return undefined
  try {
    const bytes = await fetchEvaluator(client, manifest, options)
    return await evaluatorFile(manifest.metric, bytes)
  } catch (error) {
    if (error instanceof ContentError) return error
    throw error
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
