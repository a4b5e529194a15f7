/** Reads one field of a decoded contract value, or says which field is not what it should be. */
import { cidText } from './cid.ts'
import type { Plain } from './scval.ts'

export class DecodeError extends Error {
  override readonly name = 'DecodeError'
}

export type Fields = { [key: string]: Plain }

const wrong = (name: string): never => {
  throw new DecodeError(`the field ${name} is not what the contract's events carry`)
}

export function fields(value: Plain | undefined, name: string): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Uint8Array) {
    return wrong(name)
  }
  return value
}

export function list(value: Plain | undefined, name: string): Plain[] {
  return Array.isArray(value) ? value : wrong(name)
}

export function u32(value: Plain | undefined, name: string): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : wrong(name)
}

export function big(value: Plain | undefined, name: string): bigint {
  return typeof value === 'bigint' ? value : wrong(name)
}

export function text(value: Plain | undefined, name: string): string {
  return typeof value === 'string' ? value : wrong(name)
}

export function flag(value: Plain | undefined, name: string): boolean {
  return typeof value === 'boolean' ? value : wrong(name)
}

export function hex32(value: Plain | undefined, name: string): string {
  return value instanceof Uint8Array && value.length === 32 ? Buffer.from(value).toString('hex') : wrong(name)
}

export function cid(value: Plain | undefined, name: string): string {
  const { codec, digest } = fields(value, name)
  return digest instanceof Uint8Array ? cidText(u32(codec, name), digest) : wrong(name)
}
