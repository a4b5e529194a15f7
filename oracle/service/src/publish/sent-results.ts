/** Keys of accepted batches as they are sent: in clear to everyone, or sealed to the age key that the manifest names. */
import { ageEncrypt, type Place } from '@stellartrain/ipfs-content'
import type { LabelsResults } from '@stellartrain/ipfs-content/work'
import type { Challenge } from '../chain/challenge.ts'

/** `sealed`: to the age key that the manifest names. */
export type Results = { sealed: boolean; bytes: Uint8Array<ArrayBuffer> }

export type ResultsFiles = LabelsResults['files']

/** As a document, in clear where they are everyone's. */
export async function sentResults(
  { network, contract }: Place,
  { id }: Pick<Challenge, 'id'>,
  files: ResultsFiles,
  results: string,
  appealed: ResultsFiles = [],
): Promise<Results> {
  const head = { format: 'stellartrain/labels-results', version: 1, network, contract, challenge: id } as const
  const bytes = new TextEncoder().encode(
    JSON.stringify({ ...head, files, ...(appealed.length > 0 && { appealed }) } satisfies LabelsResults),
  )
  const sealed = results !== 'everyone'
  return { sealed, bytes: sealed ? await ageEncrypt(bytes, [results]) : bytes }
}
