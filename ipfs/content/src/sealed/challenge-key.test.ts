/** Challenge keys and their shares: what one oracle of a challenge can open, all can, and nobody can pass off another key. */
import { Address, Networks } from '@stellar/stellar-sdk'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../encoding/bytes.ts'
import { type ChallengePlace, networkId } from '../encoding/network.ts'
import { addressXdr } from '../encoding/preimage.ts'
import { formats, fromBase64, golden, goldenPlace } from '../testing/golden.ts'
import { type AgeKey, ageEncrypt, ageKeyFromSecret, generateAgeKey, secretFromIdentity } from './age.ts'
import { deriveChallengeKey } from './challenge-key.ts'
import { openShares, SHARES_MAX_BYTES, sealShares } from './shares.ts'

const identityOf = async (secret: string) => (await ageKeyFromSecret(fromHex(secret))).identity
const OTHER_CONTRACT = 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC'

describe('an address in a hash', () => {
  it.each(formats.addresses)('$address is the XDR of its ScVal', ({ address, xdr }) => {
    expect(toHex(addressXdr(address))).toBe(xdr)
    expect(toHex(new Address(address).toScVal().toXdr())).toBe(xdr)
  })
})

describe('a challenge key', () => {
  it.each(formats.challengeKeys)('of challenge $challenge is the one that Python derives', async (vector) => {
    const place = { ...goldenPlace, challenge: vector.challenge }
    const key = await deriveChallengeKey(await identityOf(vector.oracle), place)
    expect(toHex(secretFromIdentity(key.identity))).toBe(vector.private)
    expect(toHex(key.key)).toBe(vector.public)
  })

  it('is another one at every other place, and for every other oracle', async () => {
    const [one, two] = [await generateAgeKey(), await generateAgeKey()]
    const place = { ...goldenPlace, challenge: 1 }
    const keys = [
      await deriveChallengeKey(one.identity, place),
      await deriveChallengeKey(two.identity, place),
      await deriveChallengeKey(one.identity, { ...place, challenge: 2 }),
      await deriveChallengeKey(one.identity, { ...place, contract: OTHER_CONTRACT }),
      await deriveChallengeKey(one.identity, { ...place, network: await networkId(Networks.TESTNET) }),
    ]
    expect(new Set(keys.map((key) => key.recipient)).size).toBe(keys.length)
  })

  it.each([
    [{ challenge: 2 ** 32 }, 'bad_binding'],
    [{ challenge: 1.5 }, 'bad_binding'],
    [{ network: 'Test SDF Network ; September 2015' }, 'bad_binding'],
    [{ network: golden.network.toUpperCase() }, 'bad_binding'],
    [{ contract: 'C123' }, 'bad_address'],
  ])('cannot be derived for %j', async (change, code) => {
    const { identity } = await generateAgeKey()
    const place = { ...goldenPlace, challenge: 1, ...change }
    await expect(deriveChallengeKey(identity, place)).rejects.toMatchObject({ code })
  })

  it('cannot be derived from a recipient', async () => {
    const { recipient } = await generateAgeKey()
    await expect(deriveChallengeKey(recipient, { ...goldenPlace, challenge: 1 })).rejects.toMatchObject({
      code: 'bad_key',
    })
  })
})

describe('shares', () => {
  const place: ChallengePlace = { ...goldenPlace, challenge: 7 }
  let oracles: AgeKey[]
  let key: AgeKey
  beforeAll(async () => {
    oracles = await Promise.all(Array.from({ length: 5 }, generateAgeKey))
    key = await deriveChallengeKey(oracles[0]!.identity, place)
  })
  const seal = (identity = key.identity) =>
    sealShares({ identity, place, oracleKeys: oracles.map((oracle) => oracle.key) })
  const open = (shares: Uint8Array, change: Partial<ChallengePlace & { key: Uint8Array }> = {}, by = oracles[1]!) =>
    openShares({ shares, identity: by.identity, expected: { ...place, key: key.key, ...change } })

  it('of five oracles fit into the contract, and each opens them', async () => {
    const shares = await seal()
    expect(shares.length).toBe(701)
    expect(shares.length).toBeLessThanOrEqual(SHARES_MAX_BYTES)
    for (const oracle of oracles) expect(await open(shares, {}, oracle)).toEqual(key)
  })

  it('made by another implementation open for each of its oracles', async () => {
    const [vector] = formats.challengeKeys
    const expected = { ...goldenPlace, challenge: vector!.challenge, key: fromHex(vector!.public) }
    const shares = fromBase64(formats.shares.sealed)
    expect(shares.length).toBe(701)
    for (const oracle of formats.shares.oracles) {
      const opened = await openShares({ shares, identity: await identityOf(oracle), expected })
      expect(toHex(secretFromIdentity(opened.identity))).toBe(vector!.private)
    }
  })

  it('of another place or key are told apart', async () => {
    const shares = await seal()
    const stranger = await generateAgeKey()
    for (const [change, code] of [
      [{ network: 'ab'.repeat(32) }, 'other_network'],
      [{ contract: OTHER_CONTRACT }, 'other_contract'],
      [{ challenge: 8 }, 'other_challenge'],
      [{ key: stranger.key }, 'other_key'],
    ] as const) {
      await expect(open(shares, change)).rejects.toMatchObject({ code })
    }
    await expect(open(await seal(stranger.identity))).rejects.toMatchObject({ code: 'other_key' })
    await expect(open(shares, {}, stranger)).rejects.toMatchObject({ code: 'not_a_recipient' })
  })

  it('with any byte changed are refused', async () => {
    const shares = await seal()
    for (let at = 0; at < shares.length; at++) {
      const changed = shares.with(at, shares[at]! ^ (1 << (at % 8)))
      await expect(open(changed)).rejects.toMatchObject({
        code: expect.stringMatching(/^(not_sealed|not_a_recipient)$/),
      })
    }
  })

  it('that are laid out otherwise are refused', async () => {
    const shares = await seal()
    const plain = new Uint8Array(109)
    for (const bytes of [plain, plain.with(0, 2), plain.subarray(1), new Uint8Array(110).with(0, 1)]) {
      const sealed = await ageEncrypt(bytes, [oracles[1]!.recipient])
      await expect(open(sealed)).rejects.toMatchObject({ code: 'bad_container' })
    }
    const long = new Uint8Array([...shares, ...new Uint8Array(SHARES_MAX_BYTES)])
    await expect(open(long)).rejects.toMatchObject({ code: 'too_large' })
  })

  it('cannot be sealed for more oracles than fit', async () => {
    const oracleKeys = Array.from({ length: 9 }, () => oracles[0]!.key)
    await expect(sealShares({ identity: key.identity, place, oracleKeys })).rejects.toMatchObject({ code: 'too_large' })
  })

  it('hold any private half', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (secret) => {
        const some = await ageKeyFromSecret(secret)
        expect(await open(await seal(some.identity), { key: some.key })).toEqual(some)
      }),
      { numRuns: 20 },
    )
  })
})
