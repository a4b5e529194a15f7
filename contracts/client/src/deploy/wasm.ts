/** The built contracts as they are committed; for Node, which deploys them. */
import { readFile } from 'node:fs/promises'

export const WASM_URL = wasm('stellartrain')

export async function readContractWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(WASM_URL))
}

/** The second contract: solvers' records and badges. */
export const RECORDS_WASM_URL = wasm('records')

export async function readRecordsWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(RECORDS_WASM_URL))
}

/** A judge that is a contract. */
export async function readJuryWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(wasm('jury')))
}

/** A gate that is a contract. */
export async function readGateWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(wasm('gate')))
}

/** A judge that grades. */
export async function readRecountWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(wasm('recount')))
}

/** The sources take it from the contract's folder; the build puts a copy beside the compiled file. */
function wasm(contract: 'stellartrain' | 'records' | 'jury' | 'gate' | 'recount'): URL {
  const path = import.meta.url.endsWith('.ts') ? `../../../${contract}/${contract}.wasm` : `../wasm/${contract}.wasm`
  return new URL(path, import.meta.url)
}
