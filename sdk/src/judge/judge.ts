/** What the judge of a challenge decides: ballots on what the oracles left undecided, and a ranking where they posted none. */
import {
  asSigner,
  type Cid,
  cidFromString,
  fromHex,
  type InvokeOptions,
  invoke,
  postRanking,
  rule as ruleCall,
  type SignerLike,
  Verdict,
  type Vote,
} from '@stellartrain/contracts-client'
import { juryAt } from '@stellartrain/contracts-client/jury'
import {
  type Challenge,
  mayRank,
  mayRule,
  refusesBallot,
  round,
  type Verdict as Said,
  takesPart,
} from '@stellartrain/contracts-client/rules'
import { type ChallengeFacts, readFacts } from '../challenge/context.ts'
import { type OpenSubmission, readOpen, readRulesFacts } from '../challenge/due.ts'
import { type JurorVote, type Jury, readJurorVotes, readJury } from '../challenge/jury.ts'
import type { StellarTrain } from '../system/client.ts'
import { isoTime } from '../system/iso-time.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'

/** A submission that waits for the judge. */
export type Undecided = OpenSubmission & {
  /** All that were cast so far. */
  votes: { oracle: string; verdict: Said }[]
  /** What the ballot has to be one of, by the oracles' places; empty where the judge is free. */
  among: { oracle: string; verdict: Said }[]
  /** What jurors voted so far, where the judge is a jury. */
  jurors: JurorVote[]
}

/** A ranking that no quorum of oracles posted. */
export type UndecidedRanking = {
  /** The judge ranks before this time, unix seconds. */
  before: number
  /** The judge ranked already; a later ranking replaces that one. */
  posted: boolean
}

/** What `readUndecided` found. */
export type Judging = {
  facts: ChallengeFacts
  /** Where the judge is one. */
  jury: Jury | null
  undecided: Undecided[]
  /** Null where the judge ranks nothing now. */
  ranking: UndecidedRanking | null
  /** Numbers that are not final and that the judge ruled on already. */
  ruled: number[]
}

/**
 * Everything that the judge may decide now, and what it decided.
 * @throws UserError `not_judging` outside the judge's time, `not_found` where the RPC no longer knows who submitted
 */
export async function readUndecided(client: StellarTrain, id: number, { signal }: AbortOptions = {}): Promise<Judging> {
  const facts = await readFacts(client, id, { signal })
  refuseTime(facts)
  const [open, challenge, jury] = await Promise.all([
    readOpen(client, facts, { signal }),
    readRulesFacts(client, facts, { signal }),
    readJury(client, facts.terms.judge?.address ?? '', { signal }),
  ])
  const undecided = await Promise.all(
    open
      .filter(({ submission }) => takesPart(challenge, submission) && submission.votes.decision === null)
      .map(async (one): Promise<Undecided> => {
        const votes = votesOn(facts, one)
        const jurors = jury ? await readJurorVotes(client, jury, { challenge: id, ...one }, { signal }) : []
        return { ...one, votes, among: choices(facts, one, votes), jurors }
      }),
  )
  const ruled = open.filter(({ submission }) => submission.votes.decision?.by === 'judge').map(({ number }) => number)
  return { facts, jury, undecided, ranking: undecidedRanking(facts, challenge), ruled }
}

function undecidedRanking({ terms, phase }: ChallengeFacts, { rankings }: Challenge): UndecidedRanking | null {
  if (!terms.judge || !mayRank(phase, terms, { by: 'judge', open: 0, placed: rankings.placed !== null })) return null
  return { before: terms.judge.by, posted: rankings.judge !== null }
}

/** The one with this number. @throws UserError `bad_input` where it does not wait for the judge */
export function undecidedNumber({ undecided, ruled }: Pick<Judging, 'undecided' | 'ruled'>, number: number): Undecided {
  const found = undecided.find((one) => one.number === number)
  if (found) return found
  throw new UserError(
    'bad_input',
    ruled.includes(number)
      ? `The judge ruled on submission ${number} already; a ballot cannot be changed.`
      : `Submission ${number} is not among those that wait for the judge.`,
  )
}

const votesOn = ({ terms }: ChallengeFacts, { submission }: OpenSubmission): Undecided['votes'] =>
  submission.votes.cast.flatMap((verdict, place) => (verdict ? [{ oracle: terms.oracles[place] ?? '', verdict }] : []))

/** Where a quorum of oracles graded it, the ballot is one of their votes. */
function choices(
  { terms }: ChallengeFacts,
  { submission }: OpenSubmission,
  votes: Undecided['votes'],
): Undecided['among'] {
  // Any other ballot is refused then: one that nobody voted tells.
  const stranger: Said = { status: 'scored', score: terms.threshold, content: 'nobody', units: 0 }
  return refusesBallot(terms, submission.votes, stranger) === 'not_among_the_votes'
    ? votes.filter(({ verdict }) => verdict.status !== 'unavailable')
    : []
}

/** `verdict.content` is 64 hexadecimal digits; the score is rounded here as the contract does. */
export type Ballot = { number: number; verdict: Exclude<Said, { status: 'unavailable' }> }

export type Ruled = {
  numbers: number[]
  /** Which of them are decided by this: all of a judge's own; of a juror's those where it made the majority. */
  decided: number[]
  hash: string
  ledger: number
}

/**
 * Casts the judge's ballots, 1 to 40; they are carried out from the end on. `reasons` is uploaded and named in the event. Where the
 * judge is a jury (`contracts/jury`), a juror votes there, in a transaction for each ballot, and the majority rules.
 * @throws UserError `not_the_judge`, `not_judging`, `bad_input` for a ballot that the contract refuses; ContractError, ChainFailure
 */
export async function ruleSubmissions(
  client: StellarTrain,
  { challenge, ballots, reasons }: { challenge: number; ballots: readonly Ballot[]; reasons: Uint8Array<ArrayBuffer> },
  signerLike: SignerLike,
  options: InvokeOptions = {},
): Promise<Ruled> {
  const { signal } = options
  const signer = asSigner(signerLike)
  const judging = await readUndecided(client, challenge, { signal })
  const { facts } = judging
  const jury = judging.jury?.jurors.includes(signer.address) ? judging.jury.address : undefined
  if (!jury) refuseOthers(facts, signer.address)
  const votes = ballots.map((ballot): Vote => {
    return voteOf(facts, undecidedNumber(judging, ballot.number), ballot.verdict)
  })
  const report = await uploaded(client, reasons, signer, { signal })
  const numbers = ballots.map(({ number }) => number)
  if (!jury) {
    const call = ruleCall({ judge: signer.address, challenge, report, ballots: votes })
    const { hash, ledger } = await invoke(client.chain, call, signer, options)
    return { numbers, decided: numbers, hash, ledger }
  }
  const ruled: Ruled = { numbers, decided: [], hash: '', ledger: 0 }
  for (const [at, vote] of votes.entries()) {
    const call = juryAt(jury).vote({ juror: signer.address, challenge, report, vote })
    const { returnValue: majority, hash, ledger } = await invoke(client.chain, call, signer, options)
    Object.assign(ruled, { hash, ledger })
    if (majority) ruled.decided.push(numbers[at] ?? 0)
  }
  return ruled
}

const NOTHING = '0'.repeat(64)

function voteOf(
  { terms }: ChallengeFacts,
  { solver, attempt, number, submission }: Undecided,
  said: Ballot['verdict'],
): Vote {
  const verdict: Said = said.status === 'scored' ? { ...said, score: round(said.score, terms) } : said
  const refused = refusesBallot(terms, submission.votes, verdict)
  if (refused === 'not_among_the_votes')
    throw new UserError(
      'bad_input',
      `A quorum of the oracles graded submission ${number}: the judge chooses among their votes.`,
    )
  const scored = verdict.status === 'scored' ? verdict : undefined
  if (scored && scored.units > submission.units)
    throw new UserError('bad_input', `Submission ${number} declared ${submission.units} units, not ${scored.units}.`)
  return {
    ...{ solver, attempt, hold: false },
    verdict: scored ? Verdict.Scored : Verdict.Rejected,
    reason: verdict.status === 'rejected' ? verdict.reason : 0,
    score: scored?.score ?? 0n,
    content_hash: fromHex(scored?.content ?? NOTHING),
    units: scored?.units ?? 0,
  }
}

/** A row of the judge's ranking, best first; the score as graded, in units of 1e-7. */
export type JudgedRow = { solver: string; attempt: number; score: bigint }

/**
 * Posts the judge's ranking where the oracles have none; a later one replaces it, and the last one counts from the end on.
 * @throws UserError `not_the_judge`, `not_judging`; ContractError `BadRanking`, ChainFailure
 */
export async function rankAsJudge(
  client: StellarTrain,
  { challenge, rows, reasons }: { challenge: number; rows: readonly JudgedRow[]; reasons: Uint8Array<ArrayBuffer> },
  signerLike: SignerLike,
  options: InvokeOptions = {},
): Promise<{ hash: string; ledger: number }> {
  const { signal } = options
  const signer = asSigner(signerLike)
  const facts = await readFacts(client, challenge, { signal })
  refuseOthers(facts, signer.address)
  const { rankings } = await readRulesFacts(client, facts, { signal })
  if (!mayRank(facts.phase, facts.terms, { by: 'judge', open: 0, placed: rankings.placed !== null }))
    throw new UserError(
      'not_judging',
      rankings.placed ? 'The ranking of this challenge has its quorum already.' : judgeTime(facts),
    )
  const report = await uploaded(client, reasons, signer, { signal })
  const call = postRanking({ by: signer.address, challenge, report, rows: [...rows] })
  const { hash, ledger } = await invoke(client.chain, call, signer, options)
  return { hash, ledger }
}

async function uploaded(
  client: StellarTrain,
  reasons: Uint8Array<ArrayBuffer>,
  signer: SignerLike,
  options: AbortOptions,
): Promise<Cid> {
  return cidFromString(await client.sessions.upload(reasons, signer, options))
}

function refuseOthers({ id, terms }: ChallengeFacts, signer: string): void {
  if (terms.judge?.address === signer) return
  throw new UserError(
    'not_the_judge',
    terms.judge
      ? `The judge of challenge ${id} is ${terms.judge.address}; ${signer} would sign.`
      : `Challenge ${id} has no judge.`,
  )
}

function refuseTime(facts: ChallengeFacts): void {
  const { terms, phase, clock } = facts
  if (terms.judge && mayRule(phase, terms, clock.closedAt)) return
  throw new UserError('not_judging', judgeTime(facts))
}

function judgeTime({ id, terms }: ChallengeFacts): string {
  if (!terms.judge) return `Challenge ${id} has no judge.`
  return `The judge of challenge ${id} decides from ${isoTime(terms.gradeBy)} on and before ${isoTime(terms.judge.by)}.`
}
