/** Why a submission was rejected, in words: codes below 20 are about the sealed file, from 20 on about the CSV. */
import { CONTENT_REASONS } from '@stellartrain/ipfs-content/reasons'
import { reasonName, reasonText } from '@stellartrain/oracle-grade/reasons'

export type Reason = { code: number; name: string; text: string }

export function reasonOf(code: number): Reason {
  for (const [name, reason] of Object.entries(CONTENT_REASONS)) {
    if (reason.code === code) return { code, name, text: reason.sentence }
  }
  return { code, name: reasonName(code) ?? 'unknown', text: reasonText(code) }
}
