/** The truth: only the committed one, and only in its maker's challenges. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AgeKey, ageEncrypt, generateAgeKey } from './age.ts'
import { fromHex, utf8 } from './bytes.ts'
import { pack } from './container.ts'
import { golden } from './golden.ts'
import { openTruth, sealTruth, truthCommitment, verifyTruth } from './truth.ts'

const csv = utf8(golden.csv)
const binding = { network: golden.network, contract: golden.contract, maker: golden.solver }
let key: AgeKey
beforeAll(async () => {
  key = await generateAgeKey()
})

describe('the commitment', () => {
  it('is the one that Go computes', async () => {
    const { salt, commitment } = golden.commitment
    expect(await truthCommitment(csv, fromHex(salt))).toBe(commitment)
    await verifyTruth(csv, fromHex(salt), commitment)
  })

  it('does not fit a truth or a salt that was changed', async () => {
    const { salt, commitment } = golden.commitment
    await fc.assert(
      fc.asyncProperty(fc.nat(csv.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = verifyTruth(csv.with(at, csv[at]! ^ flip), fromHex(salt), commitment)
        await expect(changed).rejects.toMatchObject({ code: 'commitment_mismatch' })
      }),
      { numRuns: 20 },
    )
    await expect(verifyTruth(csv, fromHex(salt).with(0, 1), commitment)).rejects.toMatchObject({
      code: 'commitment_mismatch',
    })
    // Moving a byte from the truth to the salt must not give the same input to the hash.
    await expect(
      verifyTruth(csv.subarray(1), new Uint8Array([...fromHex(salt), csv[0]!]), commitment),
    ).rejects.toMatchObject({
      code: 'commitment_mismatch',
    })
  })
})

describe('a sealed truth', () => {
  it('opens for its oracle with its salt, a fresh one each time', async () => {
    const once = await sealTruth({ csv, binding, recipients: [key.recipient] })
    const again = await sealTruth({ csv, binding, recipients: [key.recipient] })
    expect(again.commitment).not.toBe(once.commitment)
    const { sealed, commitment, salt } = once
    const opened = await openTruth({ sealed, identities: [key.identity], expected: { ...binding, commitment } })
    expect(opened).toEqual({ csv, salt })
  })

  it('of another maker, contract or network is refused: its labels could be read from scores', async () => {
    const { sealed, commitment } = await sealTruth({ csv, binding, recipients: [key.recipient] })
    for (const [change, code] of [
      [{ maker: 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC' }, 'other_maker'],
      [{ contract: 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC' }, 'other_contract'],
      [{ network: '00'.repeat(32) }, 'other_network'],
      [{ commitment: '00'.repeat(32) }, 'commitment_mismatch'],
    ] as const) {
      const expected = { ...binding, commitment, ...change }
      await expect(openTruth({ sealed, identities: [key.identity], expected })).rejects.toMatchObject({ code })
    }
  })

  it('never names its salt in an error', async () => {
    const salt = '5a'.repeat(32)
    const header = { format: 'stellartrain/truth', version: 1, ...binding, salt, extra: salt }
    const sealed = await ageEncrypt(pack(header, csv), [key.recipient])
    const expected = { ...binding, commitment: '00'.repeat(32) }
    const error = await openTruth({ sealed, identities: [key.identity], expected }).catch((e: Error) => e)
    expect(error).toMatchObject({ code: 'bad_container' })
    expect(Object.values(Object.getOwnPropertyDescriptors(error)).map((d) => String(d.value))).not.toContain(salt)
    expect(String((error as Error).stack)).not.toContain(salt)
  })
})
