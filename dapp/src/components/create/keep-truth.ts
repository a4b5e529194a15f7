/** Hands the maker what opens the commitment later: truth and salt, as one file, kept nowhere else. */
import { saveFile } from '../../lib/dataset.ts'

export function keepTruth(challenge: number, truth: string, salt: Uint8Array): void {
  const hex = Array.from(salt, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const text = JSON.stringify({ format: 'stellartrain/truth-keep', challenge, salt: hex, truth }, null, 2)
  saveFile(new TextEncoder().encode(text), `stellartrain-truth-${challenge}.json`, 'application/json')
}
