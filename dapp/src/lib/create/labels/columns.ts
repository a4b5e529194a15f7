/** Which column names the items of a file that was just chosen; the field shows it, and it can be changed. Pure. */
import { previewCsv } from '../../content/preview.ts'
import type { StoredFile } from '../store.ts'
import type { LabelsForm } from './form.ts'

export function columnsOf({ name, bytes }: StoredFile, labels: LabelsForm): Partial<LabelsForm> {
  const header = /\.(jsonl|ndjson)$/i.test(name) ? keysOf(bytes) : (previewCsv(bytes, 1)?.header ?? [])
  if (header.length === 0) return {}
  const idColumn = header.includes(labels.idColumn)
    ? labels.idColumn
    : (header.find((one) => one.toLowerCase() === 'id') ?? header[0]!)
  return { idColumn, ...(!header.includes(labels.knownColumn) && { knownColumn: '' }) }
}

const FIRST_BYTES = 64 * 1024

function keysOf(bytes: Uint8Array): string[] {
  const [line = ''] = new TextDecoder().decode(bytes.subarray(0, FIRST_BYTES)).split('\n')
  try {
    return Object.keys(JSON.parse(line) as object)
  } catch {
    return []
  }
}
