/** The contract's refusals in words: code → name and sentence, as the contract's own documentation has them (a test compares). */

import type { ErrorLine } from './error-line.ts'
import { RECORDS_ERRORS } from './records-errors.ts'

export type { ErrorLine } from './error-line.ts'
export { RECORDS_ERRORS } from './records-errors.ts'

export const CONTRACT_ERRORS: Readonly<Record<number, ErrorLine>> = {
  100: { name: 'NotRegistered', sentence: 'This oracle has not registered a key yet.' },
  101: { name: 'UrlTooLong', sentence: 'The URL is longer than 128 bytes.' },
  102: { name: 'BadCid', sentence: 'The content identifier is not a SHA-256 CID of raw bytes or of a UnixFS file.' },
  201: { name: 'BadOracles', sentence: 'A challenge names one to five different oracles.' },
  202: {
    name: 'BadQuorum',
    sentence: 'The quorum must be more than half of the oracles and no more than all of them.',
  },
  203: {
    name: 'BadTimes',
    sentence:
      'The dates contradict each other: acceptance ends in the future and no later than the deadline, submissions open before the deadline, grading lasts at least three times the patience after the deadline and ends at most 150 days from now.',
  },
  204: {
    name: 'BadPatience',
    sentence: "The patience is shorter than this network's minimum or longer than seven days.",
  },
  205: {
    name: 'BadPayout',
    sentence:
      'The payout rule is out of bounds: a bounty has 1 to 50 winners and a reward above zero, a ranking 1 to 40 prizes above zero with the largest first, payment per unit a rate above zero and batches of at least one unit, earnings neither deposit nor silence share.',
  },
  206: {
    name: 'BadAmount',
    sentence: 'An amount is negative, zero where something is needed, or beyond the largest amount taken.',
  },
  207: { name: 'BadAttempts', sentence: 'A solver must have at least one attempt, in all and per day.' },
  208: {
    name: 'BadSilenceShare',
    sentence: 'The silence share is at most 10,000 basis points, and zero where no deposit is asked.',
  },
  209: { name: 'BadStep', sentence: 'The step of the scores must be at least one unit.' },
  210: { name: 'TransferMismatch', sentence: 'The token did not deliver exactly the amount that was to be paid in.' },
  211: {
    name: 'WrongPrize',
    sentence:
      'The prize paid in must be all rewards of a bounty or all prizes of a ranking, and above zero for the other rules.',
  },
  300: { name: 'NoChallenge', sentence: 'There is no challenge with this number.' },
  301: { name: 'NotYetOpen', sentence: 'The challenge does not take submissions yet.' },
  302: { name: 'NotAccepted', sentence: 'Not every oracle has accepted this challenge yet.' },
  303: { name: 'AlreadyAccepted', sentence: 'This oracle has accepted this challenge already.' },
  304: { name: 'AcceptTooLate', sentence: 'The time to accept this challenge is over.' },
  305: { name: 'NotAnOracle', sentence: 'Only an oracle of this challenge can do this.' },
  306: { name: 'DeadlinePassed', sentence: 'The deadline of this challenge has passed.' },
  307: { name: 'Ended', sentence: 'The challenge has ended.' },
  308: { name: 'Cancelled', sentence: 'The challenge was cancelled.' },
  309: { name: 'CannotCancel', sentence: 'A challenge that all its oracles have accepted cannot be cancelled.' },
  310: { name: 'NotYetEnded', sentence: 'The challenge has not ended yet.' },
  311: { name: 'NothingToClose', sentence: 'Nothing is left to send back to the maker.' },
  312: {
    name: 'EscrowNotTakenHere',
    sentence: 'The prize of a bounty or a ranking is fixed at its creation; only its fee budget can be topped up.',
  },
  313: { name: 'GradingOver', sentence: 'The time for grading is over; the defaults for silence apply.' },
  314: { name: 'WrongRule', sentence: "This call does not belong to the challenge's payout rule." },
  315: {
    name: 'RankingTooEarly',
    sentence: 'The ranking comes after the deadline, once every submission has its verdict.',
  },
  316: { name: 'AlreadyRanked', sentence: 'The ranking of this challenge has its quorum already.' },
  400: { name: 'ConflictOfInterest', sentence: 'The maker and the oracles of a challenge cannot take part in it.' },
  401: { name: 'WrongAttempt', sentence: "The number of this attempt is not the solver's next one." },
  402: { name: 'TooManyAttempts', sentence: 'The solver has used up all attempts of this challenge.' },
  403: { name: 'TooManyToday', sentence: "The solver has used up today's attempts; a day ends at midnight UTC." },
  404: { name: 'AlreadyWon', sentence: 'The solver has won this bounty already.' },
  405: {
    name: 'BadUnits',
    sentence:
      'The declared units do not fit the payout rule: 1 to its largest batch where it pays per unit, otherwise 0.',
  },
  406: { name: 'NoSubmission', sentence: 'There is no such submission.' },
  407: {
    name: 'CarryTooLow',
    sentence: 'The fee budget is used up: offer to carry the fee of grading this submission.',
  },
  408: { name: 'BatchPending', sentence: "The labeler's last batch is not graded yet; one at a time." },
  409: {
    name: 'EscrowUsedUp',
    sentence: 'The escrow does not cover this batch: submit fewer units, or wait until the challenge is topped up.',
  },
  500: { name: 'BadBatch', sentence: 'A batch holds 1 to 40 entries.' },
  501: { name: 'AlreadyVoted', sentence: 'The oracle has already voted on this submission, or passed it.' },
  502: { name: 'VoteOutOfOrder', sentence: 'Votes and verdicts follow the numbers of the submissions without gaps.' },
  503: {
    name: 'BadVerdict',
    sentence:
      'The vote contradicts itself: a reason belongs to a rejection only, a score, a content hash and units to a scored submission only.',
  },
  504: {
    name: 'TooEarlyUnavailable',
    sentence: 'A submission can be voted unavailable only when the patience has passed since it was made.',
  },
  505: { name: 'NothingToSettle', sentence: 'None of these submissions has the votes to become final.' },
  506: {
    name: 'BadRanking',
    sentence:
      'The ranking contradicts itself: it has at most as many rows as prizes, each a scored submission that reaches the threshold, of different solvers, best first and the earlier first where scores are equal.',
  },
  507: {
    name: 'AlreadyPosted',
    sentence: 'The oracle has already posted this ranking or this epoch; a vote is never changed.',
  },
  508: {
    name: 'WrongEpoch',
    sentence: 'Epochs follow each other: the next one comes after the last that has its quorum.',
  },
  509: {
    name: 'BadTotal',
    sentence: "The total of an epoch is at least the last one's, and at most what was paid in.",
  },
  600: { name: 'NothingOwed', sentence: 'Nothing is owed to this submission now.' },
  601: { name: 'TruthStaysClosed', sentence: 'This challenge does not open its truth.' },
  602: { name: 'AlreadyRevealed', sentence: 'The truth has already been opened from this side.' },
  603: { name: 'NotYours', sentence: 'Only the maker or an oracle of this challenge can open its truth.' },
  604: { name: 'NothingEarned', sentence: 'This oracle has no fees to withdraw from this challenge.' },
  605: { name: 'Overflow', sentence: 'The amounts are too large to be added up.' },
  606: { name: 'NoEpoch', sentence: 'There is no epoch with this number, or it has no quorum yet.' },
  607: { name: 'BadProof', sentence: 'The proof does not lead from this labeler and amount to the root of the epoch.' },
  608: {
    name: 'BeyondTotal',
    sentence: 'The claims of this challenge would exceed the total that its oracles posted.',
  },
}

/** What the tokens themselves (Stellar Asset Contracts) refuse with, below our own numbers. */
export const TOKEN_ERRORS: Readonly<Record<number, ErrorLine>> = {
  1: { name: 'InternalError', sentence: 'The token failed inside.' },
  6: { name: 'AccountMissing', sentence: 'The receiving account does not exist on this network yet.' },
  8: { name: 'NegativeAmount', sentence: 'The token refuses a negative amount.' },
  9: { name: 'AllowanceError', sentence: 'The allowance is too small.' },
  10: { name: 'BalanceError', sentence: 'The balance is too small for this amount.' },
  11: { name: 'BalanceDeauthorized', sentence: "The token's issuer has frozen this balance." },
  12: { name: 'OverflowError', sentence: 'The amount does not fit into the balance.' },
  13: {
    name: 'TrustlineMissing',
    sentence: 'The account has no trustline for this asset; add the asset to the wallet first.',
  },
}

/** A refusal by the contract (or by the token it moves). Trying again without a change does not help. */
export class ContractError extends Error {
  override readonly name = 'ContractError'
  /** Stable number: the main contract's from 100 on, the records contract's from 1100 on, a token's below. */
  readonly code: number
  /** Stable name, e.g. `WrongAttempt`. */
  readonly errorName: string
  /** The sentence for people; the same as `message`. */
  readonly sentence: string
  readonly retryable = false
  readonly detail: string | undefined

  constructor(code: number, detail?: string) {
    const line = CONTRACT_ERRORS[code] ?? RECORDS_ERRORS[code] ?? TOKEN_ERRORS[code]
    const sentence = line?.sentence ?? `The contract refused with error ${code}.`
    super(sentence)
    this.code = code
    this.errorName = line?.name ?? 'Unknown'
    this.sentence = sentence
    this.detail = detail
  }
}

/**
 * Finds the contract's error in what a simulation or a failed transaction says (`… Error(Contract, #401) …`).
 * Our own error wins over a token's, for ours is what the caller ran into last.
 */
export function contractErrorIn(text: string): ContractError | undefined {
  const codes = [...text.matchAll(/Error\(Contract, #(\d+)\)/g)].map((match) => Number(match[1]))
  const code = codes.find((one) => one in CONTRACT_ERRORS || one in RECORDS_ERRORS) ?? codes[0]
  return code === undefined ? undefined : new ContractError(code, text.slice(0, 2_000))
}
