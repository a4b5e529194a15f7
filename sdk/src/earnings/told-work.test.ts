/** Own batches as several oracles tell them, one of which wants to block its labeler, or lies about what was earned. */
import { Keypair, Networks } from '@stellar/stellar-sdk'
import { asSigner, signDigest } from '@stellartrain/contracts-client'
import { batchDigest } from '@stellartrain/ipfs-content/work'
import { expect, test } from 'vitest'
import { attemptsOf, mergedWork, signedWork } from './told-work.ts'

const passphrase = Networks.TESTNET
const contract = 'CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM'
const place = { network: '0'.repeat(64), contract, challenge: 7 }
const [labeler, stranger] = [Keypair.random(), Keypair.random()]
const as = { labeler: labeler.publicKey(), passphrase, place }

async function signedBy(by: Keypair, attempt: number, at = place) {
  const hashes = { commitment: '1'.repeat(64), sha256: String(attempt).repeat(64).slice(0, 64) }
  const said = { labeler: labeler.publicKey(), attempt, units: 5, ...hashes }
  return { ...said, signature: await signDigest(asSigner(by), passphrase, batchDigest(at, said), {}) }
}
const [first, second] = [await signedBy(labeler, 1), await signedBy(labeler, 2)]
const paid = (earned: string) => ({ attempt: 1, signed: first, state: 'accepted', epoch: 1, units: 5, earned })
const refused = { attempt: 1, signed: first, state: 'rejected', epoch: 1, reason: 91, why: 'Too few are right.' }
const waiting = { attempt: 2, signed: second, state: 'waiting' }
const honest = { batches: [paid('50'), waiting], attempts: 2, cumulative: '50', epochs: 1 }
const behind = { batches: [{ attempt: 1, signed: first, state: 'waiting' }], attempts: 1, cumulative: '0', epochs: 0 }
const ledger = { epochs: 1, cumulative: 50n }
const merged = (told: readonly unknown[], on: Parameters<typeof mergedWork>[1] = ledger) =>
  mergedWork(signedWork(told, as), on)

test('attempts that no signature of the labeler proves block no next batch', async () => {
  const fourBillion = 4_000_000_000
  const lies: unknown[] = [
    { ...honest, attempts: fourBillion },
    { ...honest, batches: [{ attempt: fourBillion, state: 'waiting' }] },
    { ...honest, batches: [{ attempt: 9, signed: second, state: 'waiting' }] },
    { ...honest, batches: [{ attempt: 9, signed: { ...second, attempt: 9 }, state: 'waiting' }] },
    { ...honest, batches: [{ attempt: 9, signed: await signedBy(stranger, 9), state: 'waiting' }] },
    {
      ...honest,
      batches: [{ attempt: 9, signed: await signedBy(labeler, 9, { ...place, challenge: 8 }), state: 'waiting' }],
    },
    { attempts: fourBillion },
    'nothing of use',
    null,
  ]
  for (const lie of lies) expect(attemptsOf(signedWork([lie, behind, honest], as))).toBe(2)
  expect(attemptsOf(signedWork([behind], as))).toBe(1)
  expect(attemptsOf(signedWork([], as))).toBe(0)
})

test('who claims more epochs than the ledger has, or another amount than its root proves, decides nothing', () => {
  const lies = [
    { ...honest, epochs: 9, batches: [refused, waiting], cumulative: '0' },
    { ...honest, batches: [refused, waiting], cumulative: '0' },
    { ...honest, batches: [paid('900')], cumulative: '900' },
    { ...honest, batches: [refused, waiting] },
    { ...honest, batches: [{ ...paid('50'), epoch: 2 }] },
  ]
  for (const lie of lies) {
    expect(merged([lie, lie, honest])).toMatchObject({
      epochs: 1,
      cumulative: '50',
      batches: [{ earned: '50', toldBy: 1 }, {}],
    })
    expect(merged([lie])).toBeUndefined()
  }
})

test('of what the ledger does not prove, most of the newest say it, and how many do is told', () => {
  const unread = { epochs: 1, cumulative: undefined }
  const lie = { ...honest, batches: [refused, waiting], cumulative: '0' }
  expect(merged([lie, honest, honest, behind], unread)).toMatchObject({
    cumulative: '50',
    batches: [
      { attempt: 1, state: 'accepted', toldBy: 2 },
      { attempt: 2, state: 'waiting', toldBy: 3 },
    ],
  })
  expect(merged([lie], unread)).toMatchObject({ cumulative: '0', batches: [{ state: 'rejected', toldBy: 1 }, {}] })
})

test('an oracle that is behind hides neither a batch nor a verdict', () => {
  const ahead = { ...honest, batches: [paid('50')] }
  const other = { ...behind, batches: [...behind.batches, waiting] }
  expect(merged([other, ahead])?.batches).toMatchObject([{ state: 'accepted' }, { attempt: 2, state: 'waiting' }])
  expect(JSON.stringify(merged([other, ahead]))).not.toContain('signature')
})
