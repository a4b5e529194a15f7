/** Leases: the bytes that Python makes, and nothing that was changed counts. */
import { Keypair } from '@stellar/stellar-sdk/base'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../encoding/bytes.ts'
import { formats, golden, goldenPlace } from '../testing/golden.ts'
import { checkLease, itemsHash, leaseHolds, leasePreimage, leaseSigners, signLease } from './lease.ts'

const [first] = formats.leases
const terms = { ...goldenPlace, ...first! }
const oracles = first!.signatures.map(({ oracle }) => oracle)
const given = first!.signatures.map(({ oracle, signature }) => ({ oracle, signature }))

describe('a lease', () => {
  it.each(formats.leases)('of attempt $attempt is the one that Python signs', (vector) => {
    const of = { ...goldenPlace, ...vector }
    expect(toHex(itemsHash(vector.items))).toBe(vector.itemsHash)
    expect(toHex(leasePreimage(of))).toBe(vector.preimage)
    for (const { seed, oracle, signature } of vector.signatures)
      expect(signLease(of, oracle, fromHex(seed))).toEqual({ oracle, signature })
    expect(leaseSigners(of, vector.signatures, oracles)).toEqual(new Set(oracles))
  })

  it('is a message as Stellar wallets sign it', () => {
    for (const { seed, signature } of first!.signatures) {
      const pair = Keypair.fromRawEd25519Seed(fromHex(seed) as Buffer)
      expect(pair.verifyMessage(leasePreimage(terms), fromHex(signature))).toBe(true)
    }
  })

  it('counts with a majority of the oracles of its challenge, each counted once', () => {
    const holds = (signatures: typeof given, of = oracles) => leaseHolds(terms, signatures, { oracles: of, quorum: 2 })
    expect(holds(given.slice(1))).toBe(true)
    expect(holds(given.slice(2))).toBe(false)
    expect(holds([given[0]!, given[0]!])).toBe(false)
    expect(holds(given, [oracles[0]!, golden.solver])).toBe(false)
    expect(holds([given[0]!, { ...given[1]!, oracle: oracles[2]! }])).toBe(false)
    expect(holds([given[0]!, { ...given[1]!, signature: '0'.repeat(128) }])).toBe(false)
  })

  it('is worth nothing for anything else than it was signed for', () => {
    const { items } = first!
    const changes = [
      { network: 'ab'.repeat(32) },
      { contract: 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC' },
      { challenge: 8 },
      { labeler: oracles[0]! },
      { attempt: 2 },
      { layer: 2 },
      { expires: terms.expires + 1 },
      { items: items.slice(1) },
      { items: [...items, 'r2'] },
    ]
    for (const change of changes) expect(leaseSigners({ ...terms, ...change }, given, oracles).size).toBe(0)
    expect(leaseSigners({ ...terms, items: items.toReversed() }, given, oracles).size).toBe(3)
  })

  it('has another hash for other items, however they are cut', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, unit: 'binary' }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const same = toHex(itemsHash(one)) === toHex(itemsHash(other))
        expect(same).toBe(JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted()))
      }),
    )
    expect(itemsHash(['ab', 'c'])).not.toEqual(itemsHash(['a', 'bc']))
  })

  it('is refused where it is no lease', () => {
    const lease = { attempt: 1, layer: 1, expires: 5, items: ['a'], signatures: given }
    expect(checkLease(lease)).toEqual(lease)
    for (const bad of [
      null,
      { ...lease, items: [] },
      { ...lease, items: ['a', 'a'] },
      { ...lease, expires: 1.5 },
      { ...lease, layer: 0 },
      { ...lease, layer: 21 },
      { ...lease, expires: 1e15 },
      { ...lease, signatures: [] },
      { ...lease, signatures: [given[0], given[0]] },
      { ...lease, more: 1 },
    ])
      expect(() => checkLease(bad)).toThrow(expect.objectContaining({ code: 'bad_lease' }))
  })
})
