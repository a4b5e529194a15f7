/** Submissions sealed to the challenge key: worth something at one place on-chain only, and every way to break them has its own reason. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromHex, text, toHex, utf8 } from '../encoding/bytes.ts'
import type { SubmissionPlace } from '../encoding/network.ts'
import { formats, fromBase64, golden, goldenPlace } from '../testing/golden.ts'
import { computeCid } from '../unixfs/import.ts'
import { type AgeKey, ageEncrypt, ageFileKey, ageKeyFromSecret, generateAgeKey } from './age.ts'
import { commitSubmission } from './commitment.ts'
import { maxSealedBytes, pack } from './container.ts'
import { formHash } from './form-hash.ts'
import { rejectionOf } from './reasons.ts'
import { openPublishedSubmissionFile, openSubmissionFile, sealSubmissionFile } from './submission-file.ts'

const OTHER = 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC'
const place: SubmissionPlace = { ...goldenPlace, challenge: 7, solver: golden.solver }
const csv = utf8(golden.csv)
let key: AgeKey
beforeAll(async () => {
  key = await generateAgeKey()
})

const seal = (content: Uint8Array = csv, challengeKey: Uint8Array = key.key) =>
  sealSubmissionFile({ content, place, challengeKey, formHash: formHash(content) })
const open = (sealed: Uint8Array, change: Partial<SubmissionPlace> = {}, maxBytes = 1_000_000, by = key) =>
  openSubmissionFile({ sealed, identity: by.identity, expected: { ...place, ...change }, maxBytes })
const reasonOf = async (opening: Promise<unknown>) => rejectionOf(await opening.catch((error: unknown) => error))?.name

describe('a submission file', () => {
  it('opens to the same content and nonce, with the CID and the commitment that were told before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 9000 }), async (content) => {
        const { sealed, cid, commitment, nonce } = await seal(content)
        expect(await open(sealed)).toEqual({ content, nonce })
        expect(cid).toBe(await computeCid(sealed))
        expect(commitment).toEqual(await commitSubmission({ ...place, nonce, formHash: formHash(content) }))
        expect(sealed.length).toBeLessThanOrEqual(maxSealedBytes(content.length))
      }),
      { numRuns: 25 },
    )
  })

  it('has a nonce of its own each time', async () => {
    const [once, again] = [await seal(), await seal()]
    expect(once.nonce).toHaveLength(32)
    expect(once.nonce).not.toEqual(again.nonce)
    expect(once.commitment).not.toEqual(again.commitment)
  })

  it('made by another implementation opens too', async () => {
    const { challenge, solver, nonce, sealed } = formats.submission
    const { identity } = await ageKeyFromSecret(fromHex(formats.challengeKeys[0]!.private))
    const expected = { ...goldenPlace, challenge, solver }
    const opened = await openSubmissionFile({ sealed: fromBase64(sealed), identity, expected, maxBytes: 100 })
    expect(text(opened.content)).toBe(golden.csv)
    expect(toHex(opened.nonce)).toBe(nonce)
  })

  it('is worth nothing to another solver, challenge, contract or network', async () => {
    const { sealed } = await seal()
    expect(await reasonOf(open(sealed, { network: 'ab'.repeat(32) }))).toBe('other_network')
    expect(await reasonOf(open(sealed, { contract: OTHER }))).toBe('other_contract')
    expect(await reasonOf(open(sealed, { challenge: 8 }))).toBe('other_challenge')
    expect(await reasonOf(open(sealed, { solver: OTHER }))).toBe('other_solver')
  })

  it('sealed to another key is rejected: what one oracle cannot open, none can', async () => {
    const stranger = await generateAgeKey()
    const { sealed } = await seal(csv, stranger.key)
    expect(await reasonOf(open(sealed))).toBe('other_key')
  })

  it('sealed to the challenge key and somebody else is rejected', async () => {
    const stranger = await generateAgeKey()
    for (const recipients of [
      [key, stranger],
      [stranger, key],
      [key, key],
    ]) {
      const sealed = await ageEncrypt(
        csv,
        recipients.map(({ recipient }) => recipient),
      )
      expect(await reasonOf(open(sealed))).toBe('bad_recipients')
    }
  })

  it('with a stanza of another type is rejected', async () => {
    const { sealed } = await seal()
    const header = text(sealed.subarray(0, 168))
    const line = '-> X25519 '
    for (const changed of [
      header.replace(line, '-> grease x\n\n-> X25519 '),
      header.replace(line, '-> x25519 '),
      header.replace(line, '-> scrypt '),
    ]) {
      const file = new Uint8Array([...utf8(changed), ...sealed.subarray(168)])
      expect(await reasonOf(open(file))).toBe('bad_recipients')
    }
  })

  it('that is no age file is rejected', async () => {
    for (const file of [csv, new Uint8Array(), utf8('age-encryption.org/v1\n')]) {
      expect(await reasonOf(open(file))).toBe('not_sealed')
    }
  })

  it('with any byte changed is rejected, never opened', async () => {
    const { sealed } = await seal()
    for (let at = 0; at < sealed.length; at++) {
      // The header and its surroundings byte by byte, of the long payload some.
      if (at > 250 && at % 37 !== 0 && at < sealed.length - 20) continue
      const reason = await reasonOf(open(sealed.with(at, sealed[at]! ^ (1 << (at % 8)))))
      expect(reason).toMatch(/^(not_sealed|bad_recipients|other_key)$/)
    }
    expect(await reasonOf(open(sealed.subarray(0, -1)))).toBe('not_sealed')
    expect(await reasonOf(open(new Uint8Array([...sealed, 0])))).toBe('not_sealed')
  })

  it('is refused by its size, sealed and opened', async () => {
    expect(await reasonOf(open((await seal(new Uint8Array(60_000))).sealed, {}, 100))).toBe('too_large')
    expect(await reasonOf(open((await seal(new Uint8Array(101))).sealed, {}, 100))).toBe('too_large')
  })

  it.each([
    { version: 1 },
    { format: 'stellartrain/truth' },
    { challenge: '7' },
    { nonce: 'ab'.repeat(31) },
    { nonce: undefined },
    { attempt: 1 },
  ])('with the header field %j is rejected', async (change) => {
    const header = { format: 'stellartrain/submission', version: 2, ...place, nonce: 'ab'.repeat(32) }
    const packed = pack({ ...header, mediaType: 'text/csv', ...change }, csv)
    expect(await reasonOf(open(await ageEncrypt(packed, [key.recipient])))).toBe('bad_container')
  })

  it('of another media type has a reason of its own', async () => {
    const options = { content: csv, place, challengeKey: key.key, formHash: formHash(csv), mediaType: 'image/png' }
    const { sealed, nonce } = await sealSubmissionFile(options)
    expect(await reasonOf(open(sealed))).toBe('bad_media_type')
    const png = {
      sealed,
      identity: key.identity,
      expected: place,
      maxBytes: 100,
      mediaTypes: ['text/csv', 'image/png'],
    }
    expect(await openSubmissionFile(png)).toEqual({ content: csv, nonce })
    // Where it is asked what the content is, that must be what it is called.
    expect(await openSubmissionFile({ ...png, mediaTypeOf: () => 'image/png' })).toEqual({ content: csv, nonce })
    expect(await reasonOf(openSubmissionFile({ ...png, mediaTypeOf: () => 'text/csv' }))).toBe('bad_media_type')
  })

  it('opens with its published file key, under the same checks', async () => {
    const [mine, other] = [await seal(), await seal()]
    const fileKey = await ageFileKey(mine.sealed, [key.identity])
    const published = (sealed: Uint8Array, expected = place) =>
      openPublishedSubmissionFile({ sealed, fileKey, expected, maxBytes: 100 })
    expect(await published(mine.sealed)).toEqual({ content: csv, nonce: mine.nonce })
    await expect(published(other.sealed)).rejects.toMatchObject({ code: 'other_key' })
    await expect(published(mine.sealed, { ...place, solver: OTHER })).rejects.toMatchObject({ code: 'other_solver' })
    const two = await ageEncrypt(csv, [key.recipient, key.recipient])
    await expect(published(two)).rejects.toMatchObject({ code: 'bad_recipients' })
  })

  it('cannot be sealed for a place or to a key that nobody could name', async () => {
    const options = { content: csv, place, challengeKey: key.key, formHash: formHash(csv) }
    const broken = { ...options, place: { ...place, solver: 'G123' } }
    await expect(sealSubmissionFile(broken)).rejects.toMatchObject({ code: 'bad_container' })
    await expect(sealSubmissionFile({ ...options, challengeKey: new Uint8Array(31) })).rejects.toMatchObject({
      code: 'bad_key',
    })
  })
})
