/** The challenge keys: made by the first oracle of each challenge, read by all from the shares on the ledger, kept in memory alone. */
import type { Chain } from '@stellartrain/contracts-client'
import {
  type AgeKey,
  ContentError,
  deriveChallengeKey,
  openShares,
  type Place,
  sealShares,
} from '@stellartrain/ipfs-content'
import type { Challenge } from '../chain/challenge.ts'
import { readRegistration, readShares } from '../chain/reads.ts'
import { OracleError } from '../errors.ts'

export type Keyring = {
  /**
   * The key of a challenge that has one, opened from the shares and compared with what the contract names, byte for byte.
   * Rejects with ContentError, of which those that are not retryable are a reason not to accept; ChainFailure, ContractError.
   */
  get(challenge: Challenge): Promise<AgeKey>
  /** The key that this oracle makes as the first of a challenge, and the shares that bring it to the others. */
  make(challenge: Challenge): Promise<{ key: AgeKey; shares: Uint8Array }>
  forget(challenge: number): void
}

export type KeyringDeps = Readonly<{
  chain: Chain
  place: Place
  /** Secret age identities of the own key versions, newest first. */
  identities(): Promise<readonly string[]>
  signal: AbortSignal
}>

export function createKeyring({ chain, place, identities, signal }: KeyringDeps): Keyring {
  const held = new Map<number, Promise<AgeKey>>()

  async function open({ id, key }: Challenge): Promise<AgeKey> {
    const shares = key && (await readShares(chain, id, { signal }))
    if (key === undefined || shares === undefined)
      throw new OracleError('key_missing', `The first oracle of challenge ${id} has not made the challenge key yet.`)
    const expected = { ...place, challenge: id, key }
    // Sealed to the version that was registered when the key was made: an older one, if this oracle has moved since.
    for (const identity of await identities()) {
      try {
        return await openShares({ shares, identity, expected })
      } catch (error) {
        if (!(error instanceof ContentError) || error.code !== 'not_a_recipient') throw error
      }
    }
    throw new ContentError('not_a_recipient', 'The challenge key is not sealed to this oracle.')
  }

  return {
    get(challenge) {
      const { id } = challenge
      const opening = held.get(id) ?? open(challenge)
      held.set(id, opening)
      opening.catch(() => held.get(id) === opening && held.delete(id))
      return opening
    },
    async make({ id, terms }) {
      const [newest] = await identities()
      const here = { ...place, challenge: id }
      const key = await deriveChallengeKey(newest!, here)
      const oracleKeys = await Promise.all(
        terms.oracles.map(async (oracle) => {
          const registered = await readRegistration(chain, oracle, { signal })
          if (registered === undefined) throw new OracleError('key_missing', `Oracle ${oracle} has no key.`)
          return registered.key
        }),
      )
      return { key, shares: await sealShares({ identity: key.identity, place: here, oracleKeys }) }
    },
    forget: (challenge) => void held.delete(challenge),
  }
}
