/** The contracts' refusals in words: code → name and sentence, taken from the specification in their wasm. */
import { ERRORS as CONTRACT } from './generated/errors.js'
import { ERRORS as GATE } from './generated/gate/errors.js'
import { ERRORS as JURY } from './generated/jury/errors.js'
import { ERRORS as RECORDS } from './generated/records/errors.js'
import { ERRORS as RECOUNT } from './generated/recount/errors.js'

export type ErrorLine = { readonly name: string; readonly sentence: string }

/** Of the main contract, from 100 on. */
export const CONTRACT_ERRORS: Readonly<Record<number, ErrorLine>> = CONTRACT

/** Of the contract of records and badges, from 1100 on. */
export const RECORDS_ERRORS: Readonly<Record<number, ErrorLine>> = RECORDS

/** Of the jury, a judge that is a contract, from 1200 on, of the gate, from 1300 on, and of the judge that grades, from 1400 on. */
export const BESIDE_ERRORS: Readonly<Record<number, ErrorLine>> = { ...JURY, ...GATE, ...RECOUNT }

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
    const line = CONTRACT_ERRORS[code] ?? RECORDS_ERRORS[code] ?? BESIDE_ERRORS[code] ?? TOKEN_ERRORS[code]
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
  const code = codes.find((one) => one in CONTRACT_ERRORS || one in RECORDS_ERRORS || one in BESIDE_ERRORS) ?? codes[0]
  return code === undefined ? undefined : new ContractError(code, text.slice(0, 2_000))
}
