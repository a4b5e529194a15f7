/** Published files: fetched, checked against CID, size and hash, and only then shown or saved. */
import { toHex } from '@stellartrain/contracts-client/hex'
import { type DatasetDiff, diffDatasets } from '@stellartrain/sdk/dataset-diff'
import { readContent } from './content.ts'
import type { Manifest } from './manifest.ts'

export { previewCsv } from './preview.ts'

type Dataset = Manifest['datasets'][number]

export class DatasetError extends Error {
  readonly code = 'dataset_mismatch'
  readonly retryable = true
}

export async function readDataset(dataset: Dataset): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readContent(dataset.cid, dataset.bytes)
  if (bytes.length !== dataset.bytes)
    throw new DatasetError(`The file has ${bytes.length} bytes instead of ${dataset.bytes}; it was not saved.`)
  if (toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) !== dataset.sha256) {
    throw new DatasetError('The file is not the one that was published: its SHA-256 differs. It was not saved.')
  }
  return bytes
}

/** Files of up to so many bytes are compared here; the command line takes more. */
export const COMPARED_MAX_BYTES = 50 * 1024 * 1024

/** What changed since the version before. @throws ContentError, also where that is too large */
export async function compareWithPrevious(dataset: Dataset, idColumn: string): Promise<DatasetDiff> {
  const before = await readContent(dataset.previous!, COMPARED_MAX_BYTES)
  return diffDatasets(before, await readDataset(dataset), idColumn)
}

export function saveFile(bytes: Uint8Array<ArrayBuffer>, name: string, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[^\w.-]+/g, '_')
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
