/** An oracle accepts a challenge that pays by earnings: it makes the challenge key, or opens its share of it, as every oracle does. */
import {
  acceptChallenge,
  asSigner,
  type InvokeOptions,
  invoke,
  type SignerLike,
  view,
  views,
} from '@stellartrain/contracts-client'
import { deriveAgeKey } from '@stellartrain/ipfs-content/age'
import { networkId } from '@stellartrain/ipfs-content/network'
import { deriveChallengeKey, openShares, sealShares } from '@stellartrain/ipfs-content/seal'
import type { ChallengeFacts } from '../challenge/context.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { readEarnings } from './earnings-state.ts'

/**
 * An operator takes part in a challenge whose amounts are made elsewhere. `seed` is the raw seed of the oracle's signing key, from which
 * its registered keys follow: the first oracle makes the challenge key, the others open their share of it.
 * @throws UserError `rule_not_supported`, ContentError where the share is not ours or holds another key
 */
export async function acceptEarnings(
  client: StellarTrain,
  challenge: number,
  { signer: signerLike, seed }: { signer: SignerLike; seed: Uint8Array },
  options: InvokeOptions = {},
): Promise<{ keyVersion: number; hash: string }> {
  const { signal } = options
  const { facts } = await readEarnings(client, challenge, { signal })
  const signer = asSigner(signerLike)
  const { key, shares } = await keyAndShares(client, facts, { oracle: signer.address, seed }, { signal })
  const call = acceptChallenge({ oracle: signer.address, challenge, key, shares })
  const receipt = await invoke(client.chain, call, signer, options)
  return { keyVersion: receipt.returnValue, hash: receipt.hash }
}

async function keyAndShares(
  { chain, config }: StellarTrain,
  { id, challenge, state }: ChallengeFacts,
  { oracle, seed }: { oracle: string; seed: Uint8Array },
  { signal }: AbortOptions,
): Promise<{ key: Uint8Array; shares: Uint8Array }> {
  const { contract, passphrase } = config
  const { oracles } = challenge.terms
  const versions = await Promise.all(oracles.map((one) => view(chain, views.oracle({ oracle: one }), { signal })))
  const { versions: version = 0 } = versions[oracles.indexOf(oracle)] ?? {}
  const { identity } = await deriveAgeKey({ seed, networkPassphrase: passphrase, contract, version })
  const place = { network: await networkId(passphrase), contract, challenge: id }
  if (oracles[0] !== oracle) {
    const shares = await view(chain, views.shares({ challenge: id }), { signal })
    if (!state.key || !shares)
      throw new UserError('not_open', `The first oracle, ${oracles[0]}, accepts first and makes the challenge key.`, {
        retryable: true,
      })
    await openShares({ shares, identity, expected: { ...place, key: state.key } })
    return { key: state.key, shares: new Uint8Array() }
  }
  const made = await deriveChallengeKey(identity, place)
  const oracleKeys = await Promise.all(
    oracles.map(async (one, at) => {
      const named = { oracle: one, version: versions[at]?.versions ?? 0 }
      return (await view(chain, views.oracleKey(named), { signal })).key
    }),
  )
  return { key: made.key, shares: await sealShares({ identity: made.identity, place, oracleKeys }) }
}
