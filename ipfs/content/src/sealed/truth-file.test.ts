/** The truth: only the committed one, and only in its maker's challenges. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from '../encoding/bytes.ts'
import type { TruthPlace } from '../encoding/network.ts'
import { golden, goldenPlace } from '../testing/golden.ts'
import { computeCid } from '../unixfs/import.ts'
import { type AgeKey, ageEncrypt, generateAgeKey } from './age.ts'
import { commitTruth } from './commitment.ts'
import { pack } from './container.ts'
import { formHash } from './form-hash.ts'
import { openTruthFile, sealTruthFile } from './truth-file.ts'

const OTHER = 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC'
const place: TruthPlace = { ...goldenPlace, maker: golden.solver }
const csv = utf8(golden.csv)
let oracles: AgeKey[]
beforeAll(async () => {
  oracles = await Promise.all(Array.from({ length: 3 }, generateAgeKey))
})

const seal = (content: Uint8Array = csv) =>
  sealTruthFile({
    csv: content,
    place,
    recipients: oracles.map(({ recipient }) => recipient),
    formHash: formHash(content),
  })
const open = (
  { sealed, commitment }: { sealed: Uint8Array; commitment: Uint8Array },
  change: Partial<TruthPlace & { commitment: Uint8Array }> = {},
  oracle = oracles[0]!,
) => openTruthFile({ sealed, identities: [oracle.identity], expected: { ...place, commitment, ...change }, formHash })

describe('a truth file', () => {
  it('opens for every oracle, with the CID and the commitment that were told before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 9000 }), async (content) => {
        const truth = await seal(content)
        const { salt } = truth
        for (const oracle of oracles) expect(await open(truth, {}, oracle)).toEqual({ csv: content, salt })
        expect(truth.cid).toBe(await computeCid(truth.sealed))
        expect(truth.commitment).toEqual(await commitTruth({ ...place, salt, formHash: formHash(content) }))
      }),
      { numRuns: 15 },
    )
  })

  it('has a salt of its own each time', async () => {
    const [once, again] = [await seal(), await seal()]
    expect(once.salt).toHaveLength(32)
    expect(once.salt).not.toEqual(again.salt)
  })

  it('of another maker, contract or network is refused: its labels could be read from scores', async () => {
    const truth = await seal()
    for (const [change, code] of [
      [{ maker: OTHER }, 'other_maker'],
      [{ contract: OTHER }, 'other_contract'],
      [{ network: '00'.repeat(32) }, 'other_network'],
      [{ commitment: new Uint8Array(32) }, 'commitment_mismatch'],
      [{ commitment: (await seal()).commitment }, 'commitment_mismatch'],
    ] as const) {
      await expect(open(truth, change)).rejects.toMatchObject({ code })
    }
  })

  it('that cannot be read as a truth is refused with what its reader says', async () => {
    const { sealed, commitment } = await seal()
    const unreadable = () => {
      throw new Error('no truth')
    }
    const expected = { ...place, commitment }
    const opening = openTruthFile({ sealed, identities: [oracles[0]!.identity], expected, formHash: unreadable })
    await expect(opening).rejects.toThrow('no truth')
  })

  it('with any byte changed is refused', async () => {
    const { sealed, commitment } = await seal()
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = { sealed: sealed.with(at, sealed[at]! ^ flip), commitment }
        await expect(open(changed)).rejects.toMatchObject({
          code: expect.stringMatching(/^(not_sealed|not_a_recipient)$/),
        })
      }),
      { numRuns: 150 },
    )
  })

  it('never names its salt in an error', async () => {
    const salt = '5a'.repeat(32)
    const header = { format: 'stellartrain/truth', version: 1, ...place, salt, extra: salt }
    const sealed = await ageEncrypt(pack(header, csv), [oracles[0]!.recipient])
    const error = await open({ sealed, commitment: new Uint8Array(32) }).catch((e: Error) => e)
    expect(error).toMatchObject({ code: 'bad_container' })
    expect(Object.values(Object.getOwnPropertyDescriptors(error)).map((d) => String(d.value))).not.toContain(salt)
  })

  it('cannot be sealed for a maker that nobody could name', async () => {
    const options = { csv, place: { ...place, maker: 'G123' }, recipients: [oracles[0]!.recipient] }
    await expect(sealTruthFile({ ...options, formHash: formHash(csv) })).rejects.toMatchObject({
      code: 'bad_container',
    })
  })
})
