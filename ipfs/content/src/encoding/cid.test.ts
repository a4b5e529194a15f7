/** CIDs: equal to another implementation's, and nothing else than our kind accepted. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ContentError } from '../errors.ts'
import { golden, goldenContent } from '../testing/golden.ts'
import { computeCid, importBytes } from '../unixfs/import.ts'
import { cidFromChain, cidToChain, isCid, parseCid } from './cid.ts'

describe('the CID of bytes', () => {
  it.each(golden.cids)('of $bytes bytes is the one that boxo computes', async ({ bytes, cid }) => {
    const content = goldenContent(bytes)
    expect(await computeCid(content)).toBe(cid)
  })

  it('does not depend on how a stream is cut', async () => {
    const content = goldenContent(100_000)
    const expected = await computeCid(content)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 6 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), content.length]
        const pieces = at.slice(1).map((end, i) => content.subarray(at[i], end))
        expect(await importBytes(pieces)).toEqual({ cid: expected, bytes: content.length })
      }),
      { numRuns: 20 },
    )
  })
})

describe('reading CIDs', () => {
  it('goes to the chain and back for both codecs', () => {
    for (const { cid } of golden.cids) expect(cidFromChain(cidToChain(cid))).toBe(cid)
  })

  it.each([
    ['CIDv0', 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG'],
    ['upper case', golden.cids[0]!.cid.toUpperCase()],
    ['dag-cbor', 'bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua'],
    [
      'sha2-512',
      'bafkrgqdrhuj27rpvpjrkgtpwmgmcpavprgnyjpiwsiqwmtrg4ukk5j3e5yv6w4d57vyzjxjxdlhzdcaihs6fdwmyg7r2q4gsmp34t3jpnqyjc',
    ],
    ['a path', `${golden.cids[0]!.cid}/x`],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(isCid(text)).toBe(false)
    expect(() => parseCid(text)).toThrow(expect.objectContaining({ code: 'bad_cid' }))
  })

  it('refuses a codec or digest that the contract could not have checked', () => {
    const digest = new Uint8Array(32)
    expect(() => cidFromChain({ codec: 0x71, digest })).toThrow(ContentError)
    expect(() => cidFromChain({ codec: 0x55, digest: digest.subarray(1) })).toThrow(ContentError)
  })
})
