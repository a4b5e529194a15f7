/** Parsers of option values. Each returns the value or throws an InvalidValue that completes the sentence "NAME …". */

/** Its message never holds the value: that may be a secret. */
export class InvalidValue extends Error {
  override readonly name = 'InvalidValue'
}

export type Parser<T> = (text: string) => T

/** Text that passes a check. */
export function checked(isValid: (text: string) => boolean, sentence: string): Parser<string> {
  return (text) => {
    if (!isValid(text)) throw new InvalidValue(sentence)
    return text
  }
}

export const text: Parser<string> = (value) => value

/** 32 secret bytes as 64 hexadecimal digits, in lower case; `openssl rand -hex 32` prints such. */
export const secretHex: Parser<string> = (value) => {
  if (!/^[0-9a-f]{64}$/i.test(value)) throw new InvalidValue('must be 32 bytes in hexadecimal: 64 digits')
  if (/^(..)\1*$/.test(value)) throw new InvalidValue('must be random: it is one byte repeated')
  return value.toLowerCase()
}

export function whole(min: number, max: number): Parser<number> {
  const parse = checked(
    (value) => /^\d{1,15}$/.test(value) && Number(value) >= min && Number(value) <= max,
    `must be a whole number from ${min} to ${max}`,
  )
  return (value) => Number(parse(value))
}

/** A whole number without a limit, such as an amount in base units. */
export function amount(sentence: string): Parser<bigint> {
  const parse = checked((value) => /^\d{1,38}$/.test(value), sentence)
  return (value) => BigInt(parse(value))
}

export function oneOf<const T extends string>(values: readonly T[]): Parser<T> {
  const parse = checked((value) => values.some((one) => one === value), `must be one of ${values.join(', ')}`)
  return (value) => parse(value) as T
}

/** An http or https URL, without the slash at its end. */
export const httpUrl: Parser<string> = (value) =>
  checked(
    (one) => /^https?:$/.test(URL.parse(one)?.protocol ?? ''),
    'must be an http or https URL',
  )(value).replace(/\/+$/, '')

/** Values separated by commas, each trimmed and parsed. */
export function list<T>(parse: Parser<T>, { max }: { max: number }): Parser<readonly T[]> {
  return (value) => {
    const parts = value.split(',').map((part) => part.trim())
    if (parts.length > max) throw new InvalidValue(`must have at most ${max} values, separated by commas`)
    return parts.map(parse)
  }
}
