/** Hands the maker what opens the commitment later: truth and salt, as one file, kept nowhere else. */
import { toHex } from '@stellartrain/contracts-client/hex'
import { saveFile } from '../../lib/content/dataset.ts'

export function keepTruth(challenge: number, truth: string, salt: Uint8Array): void {
  const text = JSON.stringify({ format: 'stellartrain/truth-keep', challenge, salt: toHex(salt), truth }, null, 2)
  saveFile(new TextEncoder().encode(text), `stellartrain-truth-${challenge}.json`, 'application/json')
}
