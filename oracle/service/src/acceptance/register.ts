/** Registers this oracle on-chain: its key, and the URL that it answers at. */

import { type Chain, type InvokeOptions, invoke, registerOracle } from '@stellartrain/contracts-client'
import { cidToChain, encodeOracleMetadata } from '@stellartrain/ipfs-content'
import { readRegistration } from '../chain/reads.ts'
import type { Identity } from '../challenge-files/identity.ts'
import type { Publish } from '../publish/upload.ts'
import { type Programs, servedMetrics } from './served-metrics.ts'

export type Registration = Readonly<{ version: number; key: Uint8Array; recipient: string; url: string }>

/** What people read about it. */
export type Profile = Readonly<{
  name: string | undefined
  website: string | undefined
  description: string | undefined
}> &
  Programs

export type RegisterDeps = Readonly<{
  chain: Chain
  identity: Identity
  profile: Profile
  publish: Publish
  invokeOptions: () => InvokeOptions
  signal: AbortSignal
}>

/**
 * Registers the next key version when there is none, when the registered key is not ours, or when the URL has changed.
 * Resolves to what is then on-chain.
 * @throws ChainFailure, ContractError, ContentError
 */
export async function ensureRegistered(
  url: string,
  deps: RegisterDeps,
): Promise<Registration & { registered: boolean }> {
  const { chain, identity, signal } = deps
  const known = await readRegistration(chain, identity.address, { signal })
  if (known !== undefined) {
    const { key, recipient } = await identity.ageKey(known.version)
    if (known.url === url && equal(key, known.key))
      return { version: known.version, key, recipient, url, registered: false }
  }
  return { ...(await registerNext(url, known?.version ?? 0, deps)), registered: true }
}

/**
 * Registers the version behind `newest`. What was sealed to an earlier one can still be opened: every version is derived from the signing key.
 * @throws ChainFailure, ContractError, ContentError
 */
export async function registerNext(url: string, newest: number, deps: RegisterDeps): Promise<Registration> {
  const { chain, identity, publish } = deps
  const next = newest + 1
  const { key } = await identity.ageKey(next)
  const metadata = cidToChain(await publish(encodeOracleMetadata(metadataOf(url, next, deps.profile))))
  const call = registerOracle({ oracle: identity.address, key, url, metadata })
  const { returnValue: version } = await invoke(chain, call, identity.keypair, deps.invokeOptions())
  // Two processes with one key may have registered at once: the version that the contract gave decides the key.
  if (version !== next) return ensureRegistered(url, deps)
  const { recipient } = await identity.ageKey(version)
  return { version, key, recipient, url }
}

function metadataOf(url: string, keyVersion: number, profile: Profile) {
  const name = profile.name ?? new URL(url).host.slice(0, 80)
  const description = profile.description ?? 'Grades prediction files by the StellarTrain engine.'
  const website = profile.website ?? url
  const metrics = servedMetrics(profile)
  return { format: 'stellartrain/oracle', version: 1, name, description, website, metrics, keyVersion } as const
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
