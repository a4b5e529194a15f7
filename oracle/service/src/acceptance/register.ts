/** Registers this oracle on-chain: its key, and the URL that it answers at. */

import { type Chain, type InvokeOptions, invoke, registerOracle } from '@stellartrain/contracts-client'
import { cidToChain, encodeOracleMetadata } from '@stellartrain/ipfs-content'
import { METRICS } from '@stellartrain/oracle-grade'
import { readRegistration } from '../chain/reads.ts'
import type { Identity } from '../challenge-files/identity.ts'
import type { Publish } from '../publish/upload.ts'

export type Registration = Readonly<{ version: number; key: Uint8Array; recipient: string; url: string }>

/**
 * Registers the next key version when there is none, when the registered key is not ours, or when the URL has changed.
 * Resolves to what is then on-chain.
 * @throws ChainFailure, ContractError, ContentError
 */
export async function ensureRegistered(
  url: string,
  deps: { chain: Chain; identity: Identity; publish: Publish; invokeOptions: () => InvokeOptions; signal: AbortSignal },
): Promise<Registration & { registered: boolean }> {
  const { chain, identity, publish, signal } = deps
  const known = await readRegistration(chain, identity.address, { signal })
  if (known !== undefined) {
    const { key, recipient } = await identity.ageKey(known.version)
    if (known.url === url && equal(key, known.key))
      return { version: known.version, key, recipient, url, registered: false }
  }
  const next = (known?.version ?? 0) + 1
  const { key } = await identity.ageKey(next)
  const metadata = cidToChain(await publish(encodeOracleMetadata(metadataOf(url, next))))
  const call = registerOracle({ oracle: identity.address, key, url, metadata })
  const { returnValue: version } = await invoke(chain, call, identity.keypair, deps.invokeOptions())
  // Two processes with one key may have registered at once: the version that the contract gave decides the key.
  if (version !== next) return ensureRegistered(url, deps)
  const { recipient } = await identity.ageKey(version)
  return { version, key, recipient, url, registered: true }
}

function metadataOf(url: string, keyVersion: number) {
  const name = new URL(url).host.slice(0, 80)
  const description = 'Grades prediction files by the StellarTrain engine.'
  const metrics = METRICS.map(({ id }) => id)
  return { format: 'stellartrain/oracle', version: 1, name, description, website: url, metrics, keyVersion } as const
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
