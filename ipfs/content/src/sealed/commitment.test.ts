/** Commitments: the ones that Python computes, and others as soon as anything differs. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, fromHex, toHex } from '../encoding/bytes.ts'
import { formats, golden, goldenContent, goldenPlace } from '../testing/golden.ts'
import { checkSubmissionCommitment, checkTruthCommitment, commitSubmission, commitTruth } from './commitment.ts'
import { createFormHasher, formHash } from './form-hash.ts'

describe('the hash of a canonical form', () => {
  it.each(formats.forms)('of $bytes bytes is the one that Python computes', ({ bytes, formHash: expected }) => {
    expect(toHex(formHash(goldenContent(bytes)))).toBe(expected)
  })

  it('does not depend on the pieces that it arrives in, or on the implementation of SHA-256', () => {
    const form = goldenContent(200_000)
    fc.assert(
      fc.property(fc.array(fc.nat(form.length), { maxLength: 20 }), fc.boolean(), (cuts, node) => {
        const hasher = node ? createFormHasher(() => createHash('sha256')) : createFormHasher()
        const ends = [...cuts.sort((a, b) => a - b), form.length]
        ends.forEach((end, i) => {
          hasher.update(form.subarray(ends[i - 1] ?? 0, end))
        })
        expect(toHex(hasher.digest())).toBe(formats.forms.at(-1)!.formHash)
      }),
      { numRuns: 30 },
    )
  })
})

describe('a commitment', () => {
  it.each(formats.commitments)('of $who is the one that Python computes', async (vector) => {
    const { who, challenge, salt, nonce } = vector
    const hash = fromHex(vector.formHash)
    const truth = { ...goldenPlace, maker: who, salt: fromHex(salt), formHash: hash }
    const submission = { ...goldenPlace, challenge, solver: who, nonce: fromHex(nonce), formHash: hash }
    expect(toHex(await commitTruth(truth))).toBe(vector.truth)
    expect(toHex(await commitSubmission(submission))).toBe(vector.submission)
    await checkTruthCommitment(fromHex(vector.truth), truth)
    await checkSubmissionCommitment(fromHex(vector.submission), submission)
  })

  const [some] = formats.commitments
  const salt = fromHex(some!.salt)
  const hash = fromHex(some!.formHash)
  const truth = { ...goldenPlace, maker: golden.solver, salt, formHash: hash }
  const submission = { ...goldenPlace, challenge: 7, solver: golden.solver, nonce: salt, formHash: hash }

  it('does not fit anything that was changed', async () => {
    const [ofTruth, ofSubmission] = [await commitTruth(truth), await commitSubmission(submission)]
    const contract = 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC'
    const shared = [{ network: 'ab'.repeat(32) }, { contract }, { formHash: hash.with(31, 0) }]
    for (const change of [...shared, { maker: contract }, { salt: salt.with(0, 0) }]) {
      const checked = checkTruthCommitment(ofTruth, { ...truth, ...change })
      await expect(checked).rejects.toMatchObject({ code: 'commitment_mismatch' })
    }
    for (const change of [...shared, { challenge: 8 }, { solver: contract }, { nonce: salt.with(0, 0) }]) {
      const checked = checkSubmissionCommitment(ofSubmission, { ...submission, ...change })
      await expect(checked).rejects.toMatchObject({ code: 'commitment_mismatch' })
    }
  })

  it('of zeros is none for a submission, and never fits a truth', async () => {
    await checkSubmissionCommitment(new Uint8Array(32), submission)
    await expect(checkTruthCommitment(new Uint8Array(32), truth)).rejects.toMatchObject({ code: 'commitment_mismatch' })
  })

  it('is not computed over what has another length', async () => {
    const long = concat([salt, salt])
    await expect(commitTruth({ ...truth, salt: long })).rejects.toMatchObject({ code: 'bad_binding' })
    await expect(commitSubmission({ ...submission, nonce: long })).rejects.toMatchObject({ code: 'bad_binding' })
    await expect(commitSubmission({ ...submission, formHash: long })).rejects.toMatchObject({ code: 'bad_binding' })
    await expect(checkSubmissionCommitment(new Uint8Array(0), submission)).rejects.toMatchObject({
      code: 'bad_binding',
    })
  })
})
