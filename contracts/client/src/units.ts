/** Amounts, scores and content ids between their on-chain form and the form that people and programs write. */

/** A score on the chain is a count of these. */
export const SCORE_UNIT = 1e-7
const SCORE_DECIMALS = 7

export type OnChainCid = { codec: number; digest: Uint8Array }

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
    throw new RangeError(`"${text}" has more than the ${decimals} decimal places of this asset`)
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

/** Rounds to a multiple of `step` against the solver, as the contract does: down to maximize, up to minimize. */
export function roundScore(units: bigint, step: bigint, direction: 'maximize' | 'minimize'): bigint {
  const remainder = ((units % step) + step) % step
  if (remainder === 0n) return units
  return direction === 'maximize' ? units - remainder : units - remainder + step
}

/** Whether a rounded score earns the prize. */
export function meetsThreshold(units: bigint, threshold: bigint, direction: 'maximize' | 'minimize'): boolean {
  return direction === 'maximize' ? units >= threshold : units <= threshold
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** The usual text of an on-chain content id: CIDv1 in base32. */
export function cidToString({ codec, digest }: OnChainCid): string {
  const bytes = Uint8Array.of(1, codec, 0x12, 0x20, ...digest)
  let text = 'b'
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += BASE32[(buffer >> bits) & 31]
    }
  }
  return bits > 0 ? text + BASE32[(buffer << (5 - bits)) & 31] : text
}

/**
 * An on-chain content id from its text.
 * @throws RangeError unless it is a CIDv1 in base32 with SHA-256, raw (0x55) or dag-pb (0x70).
 */
export function cidFromString(text: string): OnChainCid {
  if (!/^b[a-z2-7]{58}$/.test(text)) throw new RangeError(`"${text}" is not a CIDv1 in base32 with SHA-256`)
  const bytes: number[] = []
  let buffer = 0
  let bits = 0
  for (const character of text.slice(1)) {
    buffer = ((buffer << 5) | BASE32.indexOf(character)) & 0xffff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((buffer >> bits) & 255)
    }
  }
  const [version, codec, hash, length] = bytes
  if (version !== 1 || hash !== 0x12 || length !== 0x20 || (codec !== 0x55 && codec !== 0x70) || bytes.length !== 36) {
    throw new RangeError(`"${text}" is not of a kind that the contract takes: SHA-256, raw or dag-pb`)
  }
  return { codec, digest: Uint8Array.from(bytes.slice(4)) }
}

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** @throws RangeError unless `text` is `length` bytes of hexadecimal. */
export function fromHex(text: string, length = text.length / 2): Uint8Array {
  if (!/^([0-9a-fA-F]{2})*$/.test(text) || text.length !== length * 2) {
    throw new RangeError(`expected ${length} bytes of hexadecimal`)
  }
  return Uint8Array.from({ length }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16))
}
