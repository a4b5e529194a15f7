/** Appeals of several oracles, one of which wants to hide them from the reviewer. */
import { Keypair, Networks } from '@stellar/stellar-sdk'
import { asSigner, signDigest } from '@stellartrain/contracts-client'
import { appealDigest, reviewDigest } from '@stellartrain/ipfs-content/work'
import { expect, test } from 'vitest'
import { mergedAppeals } from './told-appeals.ts'

const passphrase = Networks.TESTNET
const contract = 'CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM'
const place = { network: '0'.repeat(64), contract, challenge: 7 }
const [reviewer, labeler, stranger] = [Keypair.random(), Keypair.random(), Keypair.random()]
const as = { reviewer: reviewer.publicKey(), passphrase, place }

async function appealOf(attempt: number, by = labeler) {
  const said = { labeler: labeler.publicKey(), attempt, why: 'They are right.' }
  const signature = await signDigest(asSigner(by), passphrase, appealDigest(place, said), {})
  return { ...said, signature, reason: 91, rejected: 'Too few are right.' }
}
async function reviewOf(number: number, by = reviewer) {
  const said = { number, accepted: [], upheld: [], withdrawn: [] }
  return { ...said, signature: await signDigest(asSigner(by), passphrase, reviewDigest(place, said), {}) }
}
const ended = { won: 0, lost: 0 }

test('who claims more decisions than the reviewer signed, or answers with anything, hides no appeal', async () => {
  const honest = { next: 2, last: await reviewOf(1), appeals: [await appealOf(1)], ...ended }
  const lies = [
    { next: 1_000_000_000, last: null, appeals: [], ...ended },
    { next: 3, last: await reviewOf(2, stranger), appeals: [], ...ended },
    { next: 9, last: await reviewOf(1), appeals: [], ...ended },
    { next: 2, last: honest.last, appeals: [], ...ended },
    { next: 5 },
    'nothing of use',
    null,
  ]
  for (const lie of lies) expect(mergedAppeals([lie, honest], as)).toMatchObject({ next: 2, appeals: [{ attempt: 1 }] })
  expect(mergedAppeals(lies.slice(0, 3), as)).toBeUndefined()
})

test('each of two oracles knows of an appeal that the other has not, and one that nobody signed is none', async () => {
  const [one, two] = [await appealOf(1), await appealOf(2)]
  const forged = await appealOf(3, stranger)
  const told = [[one], [two, forged]].map((appeals) => ({ next: 1, last: null, appeals, ...ended }))
  const attempts = mergedAppeals(told, as)?.appeals.map(({ attempt }) => attempt)
  expect(attempts?.toSorted()).toEqual([1, 2])
})

test('an oracle that is behind asks for nothing that is decided', async () => {
  const behind = { next: 1, last: null, appeals: [await appealOf(1)], ...ended }
  const ahead = { next: 2, last: await reviewOf(1), appeals: [], won: 1, lost: 0 }
  expect(mergedAppeals([behind, ahead], as)).toEqual({ ...ahead, appeals: [] })
})
