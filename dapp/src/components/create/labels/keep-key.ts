/** The key that opens the labels: made once for a draft on screen, and saved before anything is signed, because nobody else has it. */
import { saveFile } from '../../../lib/content/dataset.ts'

type MakeKey = (title: string) => Promise<{ recipient: string; file: string }>

/** Saves the key at the first call; gives what it is sealed to. */
export function createKeptKey(): (make: MakeKey, title: string) => Promise<string> {
  let kept: string | undefined
  return async (make, title) => {
    if (kept !== undefined) return kept
    const { recipient, file } = await make(title)
    saveFile(new TextEncoder().encode(file), 'stellartrain-labels-key.txt', 'text/plain')
    kept = recipient
    return recipient
  }
}
