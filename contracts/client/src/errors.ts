/** The contract's refusals in words: code → name and a sentence for people. errors.test.ts holds it against the contract. */

export type ErrorLine = { readonly name: string; readonly sentence: string }

export const CONTRACT_ERRORS: Readonly<Record<number, ErrorLine>> = {
  100: { name: 'NotRegistered', sentence: 'This address is not registered as an oracle.' },
  101: { name: 'UrlTooLong', sentence: "The oracle's URL is longer than 128 bytes." },
  102: {
    name: 'BadCid',
    sentence: 'The content id is of a kind the contract does not take: CIDv1 with SHA-256, raw or dag-pb.',
  },
  200: { name: 'PayoutNotSupported', sentence: 'This payout rule is not supported yet; use a bounty.' },
  201: { name: 'BadOracles', sentence: 'Name one to five different, registered oracles.' },
  202: {
    name: 'BadQuorum',
    sentence: 'The quorum must be more than half of the oracles and not more than all of them.',
  },
  203: {
    name: 'BadTimes',
    sentence:
      'The times do not fit together: opening before the deadline, acceptance before the deadline, and grading at least three times the patience after it, within 150 days.',
  },
  204: { name: 'BadPatience', sentence: 'The patience is outside what this contract allows (its minimum to 7 days).' },
  205: { name: 'BadPayout', sentence: 'The reward must be positive and the number of winners between 1 and 50.' },
  206: { name: 'BadAmount', sentence: 'An amount is negative or too large.' },
  207: { name: 'BadAttempts', sentence: 'Attempts, in all and per day, must be at least 1.' },
  208: {
    name: 'BadSilenceShare',
    sentence: 'The share for silence is at most 100%, and 0 when no deposit is asked for.',
  },
  209: { name: 'BadStep', sentence: 'The step of the score must be at least 1 unit.' },
  210: {
    name: 'TransferMismatch',
    sentence: 'The token moved another amount than was asked for; tokens that take a fee cannot be used.',
  },
  300: { name: 'NoChallenge', sentence: 'There is no challenge with this number.' },
  301: { name: 'NotYetOpen', sentence: 'The challenge is not open yet.' },
  302: {
    name: 'NotAccepted',
    sentence: 'Not all oracles have accepted the challenge yet, so it takes no submissions.',
  },
  303: { name: 'AlreadyAccepted', sentence: 'This was accepted already.' },
  304: { name: 'AcceptTooLate', sentence: 'The time for oracles to accept this challenge is over.' },
  305: { name: 'NotAnOracle', sentence: 'This address is not an oracle of this challenge.' },
  306: { name: 'DeadlinePassed', sentence: 'The deadline has passed; the challenge takes no more submissions.' },
  307: { name: 'Ended', sentence: 'The challenge has ended.' },
  308: { name: 'Cancelled', sentence: 'The challenge was cancelled and its money sent back.' },
  309: {
    name: 'CannotCancel',
    sentence:
      'The challenge cannot be cancelled: its oracles have accepted it, or it is too early for others to do so.',
  },
  310: { name: 'NotYetEnded', sentence: 'This is possible only after the challenge has ended.' },
  311: { name: 'NothingToClose', sentence: 'There is nothing left to send back to the maker.' },
  312: { name: 'EscrowNotTakenHere', sentence: "A bounty's prize cannot be topped up; only its fee budget can." },
  313: { name: 'GradingOver', sentence: 'The time for grading this challenge is over.' },
  400: {
    name: 'ConflictOfInterest',
    sentence: 'The maker and the oracles of a challenge know the truth and cannot take part in it.',
  },
  401: { name: 'WrongAttempt', sentence: 'This attempt was made already, or is not the next one.' },
  402: { name: 'TooManyAttempts', sentence: 'All attempts of this account in this challenge are used up.' },
  403: { name: 'TooManyToday', sentence: "Today's attempts are used up; the day changes at midnight UTC." },
  404: { name: 'AlreadyWon', sentence: 'This account has won this challenge already.' },
  405: { name: 'BadUnits', sentence: 'The number of units does not fit the payout rule.' },
  406: { name: 'NoSubmission', sentence: 'There is no such submission.' },
  500: { name: 'BadBatch', sentence: 'A batch holds 1 to 40 submissions with consecutive numbers.' },
  501: { name: 'AlreadyVoted', sentence: 'This oracle has voted on this submission already.' },
  502: { name: 'VoteOutOfOrder', sentence: 'Votes are cast in the order of the submissions, without gaps.' },
  503: { name: 'BadVerdict', sentence: 'This verdict cannot be voted.' },
  504: {
    name: 'TooEarlyUnavailable',
    sentence: 'A submission can be voted unavailable only after the challenge’s patience has passed.',
  },
  505: { name: 'NothingToSettle', sentence: 'No submission has the votes it needs yet.' },
  600: { name: 'NothingOwed', sentence: 'Nothing is owed for this submission now.' },
  601: { name: 'TruthStaysClosed', sentence: 'The truth of this challenge is not opened.' },
  602: { name: 'AlreadyRevealed', sentence: 'This address has opened the truth already.' },
  603: { name: 'NotYours', sentence: 'Only the maker or an oracle of this challenge may do this.' },
  604: { name: 'NothingEarned', sentence: 'There are no fees to withdraw.' },
  605: { name: 'Overflow', sentence: 'The amounts are too large to be added up.' },
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
  /** Stable number: our own from 100 on, the token's below. */
  readonly code: number
  /** Stable name, e.g. `WrongAttempt`. */
  readonly errorName: string
  /** The sentence for people; the same as `message`. */
  readonly sentence: string
  readonly retryable = false
  readonly detail: string | undefined

  constructor(code: number, detail?: string) {
    const line = CONTRACT_ERRORS[code] ?? TOKEN_ERRORS[code]
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
  const code = codes.find((one) => one in CONTRACT_ERRORS) ?? codes[0]
  return code === undefined ? undefined : new ContractError(code, text.slice(0, 2_000))
}
