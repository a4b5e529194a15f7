/** Envelopes: worth something at one place on-chain only, and every way to break them has its own reason. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AgeKey, ageEncrypt, generateAgeKey } from './age.ts'
import { text, utf8 } from './bytes.ts'
import { maxSealedBytes, pack, pad } from './container.ts'
import { fromBase64, golden } from './golden.ts'
import { networkId } from './network.ts'
import { rejectionOf } from './reasons.ts'
import { openSubmission, type SubmissionBinding, sealSubmission } from './submission.ts'

const other = { network: 'ab'.repeat(32), contract: 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC' }
let binding: SubmissionBinding
let keys: AgeKey[]

beforeAll(async () => {
  const network = await networkId(golden.passphrase)
  binding = { network, contract: golden.contract, challenge: golden.submission.challenge, solver: golden.solver }
  keys = [await generateAgeKey(), await generateAgeKey(), await generateAgeKey()]
})

const open = (sealed: Uint8Array, change: Partial<SubmissionBinding> = {}, key = keys[0]!, maxBytes = 1_000_000) =>
  openSubmission({ sealed, identities: [key.identity], expected: { ...binding, ...change }, maxBytes })
const seal = (payload: Uint8Array) => sealSubmission({ payload, binding, recipients: keys.map((key) => key.recipient) })

describe('a sealed submission', () => {
  it('opens to the same bytes for each oracle, within the promised size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 9000 }), async (payload) => {
        const sealed = await seal(payload)
        for (const key of keys) expect(await open(sealed, {}, key)).toEqual(payload)
        expect(sealed.length).toBeLessThanOrEqual(maxSealedBytes(payload.length))
      }),
      { numRuns: 25 },
    )
  })

  it('made by another implementation opens too', async () => {
    const identities = [golden.keys.versions[1]!.identity]
    const sealed = fromBase64(golden.submission.sealed)
    const payload = await openSubmission({ sealed, identities, expected: binding, maxBytes: 100 })
    expect(text(payload)).toBe(golden.csv)
  })

  it('is worth nothing to another solver, challenge, contract or network', async () => {
    const sealed = await seal(utf8(golden.csv))
    const reasons = []
    for (const change of [
      { network: other.network },
      { contract: other.contract },
      { challenge: 8 },
      { solver: other.contract },
    ]) {
      reasons.push(rejectionOf(await open(sealed, change).catch((error: unknown) => error)))
    }
    expect(reasons).toEqual([
      { code: 4, name: 'other_network' },
      { code: 5, name: 'other_contract' },
      { code: 6, name: 'other_challenge' },
      { code: 7, name: 'other_solver' },
    ])
  })

  it('that was changed anywhere is rejected, never opened', async () => {
    const sealed = await seal(utf8(golden.csv))
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = sealed.slice()
        changed[at]! ^= flip
        const error = await open(changed).catch((e: unknown) => e)
        expect(error).toMatchObject({ code: expect.stringMatching(/^(not_sealed|not_a_recipient)$/) })
      }),
      { numRuns: 150 },
    )
  })

  it('for somebody else is no reason to reject: the oracle votes Unavailable', async () => {
    const error = await open(await seal(utf8('x')), {}, await generateAgeKey()).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'not_a_recipient' })
    expect(rejectionOf(error)).toBeNull()
  })

  it('is refused by its size, sealed and opened', async () => {
    const large = await seal(new Uint8Array(60_000))
    await expect(open(large, {}, keys[0], 100)).rejects.toMatchObject({ code: 'too_large' })
    await expect(open(await seal(new Uint8Array(101)), {}, keys[0], 100)).rejects.toMatchObject({ code: 'too_large' })
  })
})

describe('the container', () => {
  const header = () => ({ format: 'stellartrain/submission', version: 1, ...binding, mediaType: 'text/csv' })
  const sealRaw = (bytes: Uint8Array) => ageEncrypt(bytes, [keys[0]!.recipient])

  it('hides small differences in length', async () => {
    const sizes = new Set<number>()
    for (const size of [10_000, 10_030, 10_050]) sizes.add((await seal(new Uint8Array(size))).length)
    expect(sizes.size).toBe(1)
    fc.assert(
      fc.property(
        fc.integer({ min: 4096, max: 2 ** 40 }),
        (n) => pad(n) >= n && pad(n) < n * 1.07 && pad(pad(n)) === pad(n),
      ),
    )
  })

  it.each<[string, (whole: Uint8Array) => Uint8Array]>([
    ['one byte shorter', (whole) => whole.subarray(0, -1)],
    ['one byte longer', (whole) => new Uint8Array([...whole, 0])],
    ['with something in its padding', (whole) => whole.with(-1, 1)],
    ['without a header line', (whole) => new Uint8Array(whole.length).fill(65)],
    ['that is not UTF-8', (whole) => whole.with(3, 0xff)],
  ])('%s is refused', async (_what, change) => {
    const sealed = await sealRaw(change(pack(header(), utf8(golden.csv))))
    await expect(open(sealed)).rejects.toMatchObject({ code: 'bad_container' })
  })

  it.each([
    { version: 2 },
    { format: 'stellartrain/truth' },
    { attempt: 1 },
    { challenge: 0 },
    { challenge: '7' },
    { solver: 'GAAA' },
    { contract: undefined },
  ])('with the header field %j is refused', async (change) => {
    const sealed = await sealRaw(pack({ ...header(), ...change }, utf8(golden.csv)))
    await expect(open(sealed)).rejects.toMatchObject({ code: 'bad_container' })
  })

  it('of another media type has a reason of its own', async () => {
    const sealed = await sealRaw(pack({ ...header(), mediaType: 'application/zip' }, utf8(golden.csv)))
    await expect(open(sealed)).rejects.toMatchObject({ code: 'bad_media_type' })
  })

  it('cannot be sealed for a place that nobody could name', async () => {
    const broken = { ...binding, solver: 'G123' }
    const sealed = sealSubmission({ payload: utf8('x'), binding: broken, recipients: [keys[0]!.recipient] })
    await expect(sealed).rejects.toMatchObject({ code: 'bad_container' })
  })
})
