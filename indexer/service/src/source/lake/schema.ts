/** Where a data lake keeps a ledger: files and folders as Galexie writes them (SEP-54). */

export type LakeSchema = {
  /** Ledgers of one file. */
  ledgersPerBatch: number
  /** Files of one folder. */
  batchesPerPartition: number
}

export const CONFIG_FILE = '.config.json'

/** Names begin with what is left to the highest ledger, so that the newest is listed first. */
const HIGHEST = 0xffff_ffff
const inverse = (ledger: number): string => (HIGHEST - ledger).toString(16).toUpperCase().padStart(8, '0')

/** The ledgers of the file that a ledger is in, both ends included. */
export function batchOf({ ledgersPerBatch }: LakeSchema, ledger: number): { from: number; to: number } {
  const from = ledger - (ledger % ledgersPerBatch)
  return { from, to: from + ledgersPerBatch - 1 }
}

/** The path of the file that a ledger is in. */
export function pathOf(schema: LakeSchema, ledger: number): string {
  const { from, to } = batchOf(schema, ledger)
  const file = `${inverse(from)}--${from}${to > from ? `-${to}` : ''}.xdr.zst`
  if (schema.batchesPerPartition <= 1) return file
  const size = schema.ledgersPerBatch * schema.batchesPerPartition
  const begin = ledger - (ledger % size)
  return `${inverse(begin)}--${begin}-${begin + size - 1}/${file}`
}

/** @returns null for what is not the configuration of a lake that can be read here */
export function readConfig(value: unknown): (LakeSchema & { network: string }) | null {
  if (typeof value !== 'object' || value === null) return null
  const { networkPassphrase, compression, ledgersPerBatch, batchesPerPartition } = value as Record<string, unknown>
  const counts = [ledgersPerBatch, batchesPerPartition].every((one) => Number.isInteger(one) && Number(one) >= 1)
  if (typeof networkPassphrase !== 'string' || compression !== 'zstd' || !counts) return null
  return {
    network: networkPassphrase,
    ledgersPerBatch: Number(ledgersPerBatch),
    batchesPerPartition: Number(batchesPerPartition),
  }
}
