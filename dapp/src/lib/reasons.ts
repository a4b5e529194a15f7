/** Why a file was rejected, as a sentence; the code comes from the ledger, the sentence from the table of whoever checks it. */
import { CONTENT_REASONS } from '@stellartrain/content/reasons'
import { reasonText } from '@stellartrain/grade'

/** Codes below this are about the sealed file, the others about the rows in it. */
const FIRST_ROW_REASON = 20

export function reasonSentence(reason: { code: number } | null): string {
  if (!reason) return 'The file was not accepted.'
  if (reason.code >= FIRST_ROW_REASON) return reasonText(reason.code)
  const known = Object.values(CONTENT_REASONS).find((line) => line.code === reason.code)
  return known?.sentence ?? `The file was not accepted, for reason ${reason.code}.`
}
