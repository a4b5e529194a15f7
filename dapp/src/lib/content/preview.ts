/** Files for the eye, and for what the wizard makes of them: read by the engine's own rules, so that a page and a grade see the same. */
import { csvRecords } from '@stellartrain/oracle-grade/csv'

export type Preview = { header: string[]; rows: string[][] }

/** CSV text as records, the header first; a row that cannot be read is empty. Stops after `limit` records. */
export const splitCsv = (text: string, limit?: number): string[][] => csvRecords(new TextEncoder().encode(text), limit)

const PREVIEW_BYTES = 64 * 1024

export function previewCsv(bytes: Uint8Array, rows = 8): Preview {
  const [header = [], ...rest] = csvRecords(bytes.subarray(0, PREVIEW_BYTES), rows + 1)
  return { header, rows: rest }
}
