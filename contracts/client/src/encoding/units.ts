/** Amounts and scores between their on-chain form and the form that people and programs write. */

/** A score on the chain is a count of these. */
export const SCORE_UNIT = 1e-7
const SCORE_DECIMALS = 7

/**
 * An amount in base units as a decimal string: `toDecimal(12_500_000n, 7)` is `"1.25"`. Exact, without trailing zeros.
 */
export function toDecimal(amount: bigint, decimals: number): string {
  const negative = amount < 0n
  const digits = (negative ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = decimals === 0 ? '' : digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

/**
 * A decimal string in base units, exact: `fromDecimal("1.25", 7)` is `12_500_000n`.
 * @throws RangeError when it is no plain decimal number or has more places than the asset.
 */
export function fromDecimal(text: string, decimals: number): bigint {
  const match = /^(-?)(\d{1,38})(?:\.(\d{1,38}))?$/.exec(text.trim())
  if (!match) throw new RangeError(`"${text}" is not an amount; write it like 12.5`)
  const [, sign, whole = '0', fraction = ''] = match
  if (fraction.length > decimals && /[1-9]/.test(fraction.slice(decimals))) {
    throw new RangeError(`"${text}" has more than ${decimals} decimal places`)
  }
  const amount = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'))
  return sign === '-' ? -amount : amount
}

/** A score's units as a number, for display and plots: `9_530_000n` is `0.953`. */
export function scoreToNumber(units: bigint): number {
  return Number(toDecimal(units, SCORE_DECIMALS))
}

/** A score's units as an exact decimal string. */
export function scoreToDecimal(units: bigint): string {
  return toDecimal(units, SCORE_DECIMALS)
}

/**
 * A threshold or step written by a person, in units. @throws RangeError when it is finer than a unit.
 */
export function scoreFromDecimal(text: string): bigint {
  return fromDecimal(text, SCORE_DECIMALS)
}
