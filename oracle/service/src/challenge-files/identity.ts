/** The oracle's keys: one signing key, and age identities derived from it, one for each version that it registered. */
import { Keypair } from '@stellar/stellar-sdk/base'
import { type AgeKey, deriveAgeKey } from '@stellartrain/ipfs-content'

export type Identity = Readonly<{
  address: string
  keypair: Keypair
  /** The age key of one version, derived on demand and never stored. */
  ageKey(version: number): Promise<AgeKey>
  /** Secrets of versions 1 to `newest`: what was sealed before a new key was registered can still be opened. */
  secrets(newest: number): Promise<string[]>
}>

export function createIdentity(secretKey: string, place: { networkPassphrase: string; contract: string }): Identity {
  const keypair = Keypair.fromSecret(secretKey)
  const known = new Map<number, Promise<AgeKey>>()
  const ageKey = (version: number) => {
    const key = known.get(version) ?? deriveAgeKey({ seed: keypair.rawSecretKey(), ...place, version })
    known.set(version, key)
    return key
  }
  return {
    address: keypair.publicKey(),
    keypair,
    ageKey,
    async secrets(newest) {
      const keys = await Promise.all(Array.from({ length: newest }, (_, index) => ageKey(newest - index)))
      return keys.map((key) => key.identity)
    },
  }
}
