/** A submission's story from the chain, and what became of it as it happens. */
import { cidToString, readClock, readToken, sleep, stored, toHex, view, views } from '@stellartrain/contracts-client'
import { readCode } from '@stellartrain/contracts-client/code'
import { redue } from '@stellartrain/contracts-client/rules'
import { type ChallengeHistory, extendHistory, locate, readHistory, type SubmissionRef } from '../challenge/history.ts'
import { factsFromChain, rowsOf } from '../story/from-chain.ts'
import { type Story, type StoryFacts, tell, type Words } from '../story/index.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { readReported } from './reported.ts'

export type { Proof, StepId, StepState, Story, StoryAction, StoryStep } from '../story/index.ts'
export { ordinal } from '../story/index.ts'

export type SubmissionOverview = SubmissionRef & {
  number: number
  cid: string
  /** Hex; null where the solver made none. */
  commitment: string | null
  asset: { contract: string; code: string; decimals: number }
  story: Story
  /** In which ledgers it was submitted and last paid; null where that did not happen or the RPC no longer knows. */
  submitted: { hash: string; ledger: number } | null
  payment: { hash: string; ledger: number; at: string } | null
  /** Nothing more happens by itself: what is held, void or undecided waits for a release, which anyone may call. */
  atRest: boolean
}

/** By its number in the challenge, or by solver and attempt. */
export type SubmissionName = { challenge: number; number: number } | SubmissionRef

export type StatusOptions = AbortOptions & { words?: Words | undefined }

/** Reads the submission as it is now. @throws UserError `not_found`, ContractError, ChainFailure */
export async function readSubmission(
  client: StellarTrain,
  ref: SubmissionName,
  { signal, words }: StatusOptions = {},
): Promise<SubmissionOverview> {
  const history = await readHistory(client, ref.challenge, { signal })
  return (await assemble(client, ref, history, { signal, words })).overview
}

/** The facts of its story, e.g. to tell it in other words. Errors as `readSubmission`. */
export async function readStoryFacts(
  client: StellarTrain,
  ref: SubmissionName,
  { signal }: AbortOptions = {},
): Promise<StoryFacts> {
  const history = await readHistory(client, ref.challenge, { signal })
  return (await assemble(client, ref, history, { signal })).facts
}

/** The submission now, and again each time that it changes; ends when it is at rest. */
export async function* watchSubmission(
  client: StellarTrain,
  ref: SubmissionName,
  { signal, words, pollMs = 700 }: StatusOptions & { pollMs?: number } = {},
): AsyncGenerator<SubmissionOverview> {
  let last = ''
  let history = await readHistory(client, ref.challenge, { signal })
  for (;;) {
    const read = await assemble(client, ref, history, { signal, words })
    const seen = JSON.stringify(read.overview, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    if (seen !== last) yield read.overview
    last = seen
    if (read.overview.atRest) return
    // A ranking, or a place that is kept for another one, may be weeks away.
    await sleep(read.overview.story.status === 'pending' ? pollMs : pollMs * 10, signal)
    history = await extendHistory(client, ref.challenge, read.history, { signal })
  }
}

async function assemble(
  client: StellarTrain,
  wanted: SubmissionName,
  known: ChallengeHistory,
  { signal, words }: StatusOptions,
): Promise<{ overview: SubmissionOverview; facts: StoryFacts; history: ChallengeHistory }> {
  const { chain } = client
  let history = known
  const ref = 'solver' in wanted ? wanted : await locate(client, wanted.challenge, wanted.number, { signal, history })
  const { challenge, solver, attempt } = ref
  // The terms do not change. The clock comes first: a deadline seen before the votes that kept it would end what goes on.
  const [frozen, clock] = await Promise.all([
    view(chain, views.challenge({ challenge }), { signal }),
    readClock(chain, { signal }),
  ])
  const judge = frozen.terms.judge?.address ?? ''
  const [token, code, standing] = await Promise.all([
    readToken(chain, frozen.terms.token, { signal }),
    judge.startsWith('C') ? readCode(chain, judge, { signal }) : null,
    stored.standing(chain, challenge, { solver, attempt }, { signal }),
  ])
  const { board, rankings } = standing
  // What is archived does not change, so a view that restores it reads the same ledger's state.
  const [state, entry] = await Promise.all([
    standing.state ?? view(chain, views.state({ challenge }), { signal }),
    standing.submission ?? view(chain, views.submission({ challenge, solver, attempt }), { signal }),
  ])
  const read = ({ events, complete }: ChallengeHistory) => {
    const entries = { frozen, state, board, ranking: rankings.rows, solver, attempt, stored: entry }
    return factsFromChain({
      ...{ ...entries, events, complete, token, now: clock.closedAt },
      judgeGrades: code === 'recount',
    })
  }
  let facts = read(history)
  // The entries may be of a later ledger than the events: then these are there by now.
  const { seen, submission } = facts
  const concluded = submission.status.status !== 'pending' && !seen.concluded
  if (!seen.submitted || concluded || (submission.prizePaid && !seen.paid)) {
    history = await extendHistory(client, challenge, history, { signal })
    facts = read(history)
  }
  if (facts.copyOf === null) Object.assign(facts, await readReported(client, facts, history.events, { signal }))
  const story = tell(facts, words)
  const overview: SubmissionOverview = {
    ...{ challenge, solver, attempt, number: entry.number, cid: cidToString(entry.cid) },
    commitment: entry.commitment.some((byte) => byte !== 0) ? toHex(entry.commitment) : null,
    asset: { contract: token.contract, code: token.code, decimals: token.decimals },
    story,
    submitted: ledgerOf(history, facts.seen.submitted?.tx),
    payment: paymentOf(history, facts.seen.paid?.tx, entry.number),
    atRest: isAtRest(story, facts),
  }
  return { overview, facts, history }
}

/** Whether only a call that somebody has to make changes anything more. What the oracles send by themselves is waited for. */
function isAtRest({ status, amounts, final }: Story, { undelivered, challenge, terms, now }: StoryFacts): boolean {
  if (final) return true
  if (status === 'pending' || amounts.toCome > 0n) return false
  const { placed } = redue(terms, challenge, now).challenge.rankings
  if (status === 'scored' && terms.payout.rule === 'ranked' && placed === null) return false
  return amounts.owed.prize === 0n || undelivered
}

function ledgerOf({ events }: ChallengeHistory, tx: string | undefined): { hash: string; ledger: number } | null {
  const event = tx === undefined ? undefined : events.find(({ txHash }) => txHash === tx)
  return event ? { hash: event.txHash, ledger: event.ledger } : null
}

function paymentOf({ events }: ChallengeHistory, tx: string | undefined, number: number) {
  if (tx === undefined) return null
  const event = events.find((one) => one.txHash === tx && rowsOf(one).some((row) => row.number === number))
  return event ? { hash: event.txHash, ledger: event.ledger, at: event.closedAt } : null
}
