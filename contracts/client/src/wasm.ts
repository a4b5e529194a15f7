/** The built contract as it is committed; for Node, which deploys it. */
import { readFile } from 'node:fs/promises'

export const WASM_URL = new URL('../../stellartrain/stellartrain.wasm', import.meta.url)

export async function readContractWasm(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(WASM_URL))
}
