/** Which code a contract runs: what it says of itself is worth nothing unless its code is known. */

import { toHex } from '../encoding/hex.ts'
import type { Chain } from '../rpc/chain.ts'
import { instanceKey } from '../rpc/keys.ts'
import { type ReadOptions, readEntry } from '../rpc/ledger.ts'

/** SHA-256 of the wasm of this repository's own contracts that a maker may name, hex; a test compares them with the files. */
export const KNOWN_CODE = {
  jury: '0b0d28ac0c5813e600f0c1d1b3008efdf2eaab133495067ac00f6067d1899419',
  recount: '655ce4d7f05caf490dbbca3749e058a52f37ade52a541d6f9ac4a13cbdc15c0a',
  gate: 'c60a61ccc007463b88d8571ec7459acf8ee9ec4de34e7ef4b2396b55b5f8865f',
} as const

export type KnownCode = keyof typeof KNOWN_CODE

/** The one of them that the contract runs, `other` code, or null where there is no such contract. @throws ChainFailure */
export async function readCode(
  chain: Chain,
  contract: string,
  options: ReadOptions = {},
): Promise<KnownCode | 'other' | null> {
  const entry = await readEntry(chain, instanceKey(contract), options)
  const instance = entry?.data.type === 'contractData' ? entry.data.contractData.val : undefined
  if (instance?.type !== 'scvContractInstance') return null
  const { executable } = instance.instance
  if (executable.type !== 'contractExecutableWasm') return 'other'
  const hash = toHex(executable.wasmHash.value)
  return (Object.keys(KNOWN_CODE) as KnownCode[]).find((name) => KNOWN_CODE[name] === hash) ?? 'other'
}
