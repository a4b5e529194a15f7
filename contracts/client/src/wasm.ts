/** The built contracts as they are committed; for Node, which deploys them. */
import { readFile } from 'node:fs/promises'

export const WASM_URL = new URL('../../stellartrain/stellartrain.wasm', import.meta.url)

export async function readContractWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(WASM_URL))
}

/** The second contract: solvers' records and badges. */
export const RECORDS_WASM_URL = new URL('../../records/records.wasm', import.meta.url)

export async function readRecordsWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(RECORDS_WASM_URL))
}
