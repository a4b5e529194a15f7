/** What opens a truth beside its file: the salt, as `create` keeps it, found again by the commitment in the terms. */
import { UserError } from '../system/problems.ts'

export type TruthKey = {
  /** CID of the manifest. */
  manifest: string
  /** Hex, as the terms have it. */
  commitment: string
  /** 64 hexadecimal digits; secret until the end. */
  salt: string
}

const HEX32 = /^[0-9a-f]{64}$/i

/** @throws UserError `bad_value` where it is no such document */
export function parseTruthKey(text: string, what: string): TruthKey {
  const key = asObject(text)
  if (key && typeof key.manifest === 'string' && isHex32(key.commitment) && isHex32(key.salt))
    return { manifest: key.manifest, commitment: key.commitment.toLowerCase(), salt: key.salt.toLowerCase() }
  throw new UserError('bad_value', `${what} is not what \`stellartrain create\` keeps of a truth.`)
}

const isHex32 = (value: unknown): value is string => typeof value === 'string' && HEX32.test(value)

function asObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
