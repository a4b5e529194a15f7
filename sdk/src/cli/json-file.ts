/** A JSON file that a person wrote, with a sentence for what is wrong with it. */
import { readFileSync } from 'node:fs'
import { unreadable } from './file-problem.ts'
import { UsageError } from './io.ts'

/** @throws UsageError where it cannot be read, or holds anything but one object */
export function readJsonObject(path: string): Record<string, unknown> {
  const value = parsed(path, bytesOf(path))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new UsageError(`${path} is not a JSON object.`)
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** What the parser says names the place. */
function parsed(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new UsageError(`${path} is not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
