/** After the end: what was promised becomes public and matches its commitments, fees arrive, and nothing is public before. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { view, views } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import {
  checkTruthCommitment,
  cidFromChain,
  computeCid,
  fetchCid,
  type Manifest,
  OPENING_MAX_BYTES,
  openPublishedSubmissionFile,
  parseOpening,
} from '@stellartrain/ipfs-content'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { predictions, TRUTH } from './data.ts'
import { bytes, truthForm } from './files.ts'
import { startWorld, untilDone, type World } from './world.ts'

let world: World
let oracle: RunningOracle

beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
})
afterAll(() => world?.close())

const read = (cid: string) => fetchCid(cid, { gateways: [world.ipfs.url], maxBytes: OPENING_MAX_BYTES })

async function openingOf(id: number, by: string) {
  const revealed = await until(() => view(world.chain, views.revealed({ challenge: id, by })), {
    what: `the opening of challenge ${id}`,
  })
  return parseOpening(await world.document(cidFromChain(revealed), OPENING_MAX_BYTES))
}

test('the last winner ends the challenge: the truth and the winning submission are opened, the losing one is not', async () => {
  let manifest: Manifest | undefined
  const id = await world.challenge({
    oracles: [oracle.address],
    oracle_fee: 500n,
    feeBudget: 10_000n,
    opens_truth: true,
    payout: { tag: 'Bounty', values: [{ reward: 1_000n, winners: 1 }] },
    edit(base) {
      manifest = { ...base, opens: { truth: true, submissions: 'winning' } }
      return manifest
    },
  })
  await world.accepted(id)
  const [loser, winner] = await Promise.all([world.person(), world.person()])
  await world.enter(id, loser, await world.seal(id, loser, predictions(9)))
  await world.concluded(id, 1)
  await expect(read(await computeCid(bytes(TRUTH)))).rejects.toMatchObject({ code: 'not_found' })
  const { cid: sealed, ...file } = await world.seal(id, winner, predictions(1))
  await world.enter(id, winner, { cid: sealed, ...file })

  const opening = await openingOf(id, oracle.address)
  expect(opening).toMatchObject({ ...world.place, challenge: id, by: oracle.address })
  const truth = await read(opening.truth.cid)
  const { terms } = await view(world.chain, views.challenge({ challenge: id }))
  await checkTruthCommitment(terms.truth, {
    ...{ ...world.place, maker: world.maker.publicKey(), salt: new Uint8Array(Buffer.from(opening.truth.salt, 'hex')) },
    formHash: truthForm(manifest!, new TextDecoder().decode(truth)),
  })
  expect(opening.submissions).toMatchObject([{ number: 2, solver: winner.publicKey(), attempt: 1, sealed }])
  expect(await read(opening.submissions[0]!.cid)).toEqual(bytes(predictions(1)))
  const tied = await openPublishedSubmissionFile({
    sealed: await read(sealed),
    fileKey: opening.submissions[0]!.fileKey!,
    expected: { ...world.place, challenge: id, solver: winner.publicKey() },
    maxBytes: OPENING_MAX_BYTES,
  })
  expect(tied.content).toEqual(bytes(predictions(1)))
  await expect(read(await computeCid(bytes(predictions(9))))).rejects.toMatchObject({ code: 'not_found' })

  await until(async () => (await world.state(id)).purse.fees[0] === 0n, { what: 'the fees to be withdrawn' })
  const withdrawn = (await world.events()).find((event) => event.type === 'fees_withdrawn' && event.challenge === id)
  expect(withdrawn).toMatchObject({ oracle: oracle.address, amount: 1_000n })
  await untilDone(oracle, id)
})

test('all scored submissions are opened where that was promised, after the end', async () => {
  const id = await world.challenge({
    oracles: [oracle.address],
    opens_truth: true,
    edit: (manifest) => ({ ...manifest, opens: { truth: true, submissions: 'all' } }),
  })
  await world.accepted(id)
  const people = await Promise.all([1, 2, 3].map(() => world.person()))
  await world.enter(id, people[0]!, await world.seal(id, people[0]!, predictions(9, 2)))
  await world.enter(id, people[1]!, await world.seal(id, people[1]!, 'id,label\n'))
  await world.enter(id, people[2]!, await world.seal(id, people[2]!, predictions(8, 2)))
  await world.concluded(id, 3)
  await world.devnet.warp(4_300)
  const opening = await openingOf(id, oracle.address)
  expect(opening.submissions.map(({ number }) => number)).toEqual([1, 3])
})

test('a challenge without a promise stays closed', async () => {
  const id = await world.challenge({
    oracles: [oracle.address],
    payout: { tag: 'Bounty', values: [{ reward: 1_000n, winners: 1 }] },
  })
  await world.accepted(id)
  const solver = await world.person()
  await world.enter(id, solver, await world.seal(id, solver, predictions(1, 5)))
  await untilDone(oracle, id)
  expect(await view(world.chain, views.revealed({ challenge: id, by: oracle.address }))).toBeNull()
  await expect(read(await computeCid(bytes(predictions(1, 5))))).rejects.toMatchObject({ code: 'not_found' })
})

test('submissions whose events the RPC has dropped are found through an indexer, and believed only as the contract has them', async () => {
  const RETENTION = 300
  const forgetful = await startWorld({ retention: RETENTION })
  try {
    const operator = await forgetful.person()
    const first = await forgetful.oracle(operator.secret())
    const id = await forgetful.challenge({ oracles: [first.address] })
    await forgetful.accepted(id)
    await first.close()
    const people = await Promise.all([1, 2].map(() => forgetful.person()))
    for (const [index, solver] of people.entries())
      await forgetful.enter(id, solver, await forgetful.seal(id, solver, predictions(1, index)))
    for (let ledger = 0; ledger <= RETENTION; ledger++) await forgetful.devnet.closeLedger()
    const data = people.map((solver) => ({ number: 99, solver: solver.publicKey(), attempt: 1 })).reverse()
    const indexer = createServer((_, response) => response.end(JSON.stringify({ data, next: null })))
    indexer.listen(0, '127.0.0.1')
    await new Promise((resolve) => indexer.once('listening', resolve))
    const indexerUrl = `http://127.0.0.1:${(indexer.address() as AddressInfo).port}`
    await forgetful.oracle(operator.secret(), { indexerUrl })
    await forgetful.concluded(id, 2)
    for (const solver of people) expect(await forgetful.submission(id, solver)).toMatchObject({ flags: FLAG.prizePaid })
    indexer.close()
  } finally {
    await forgetful.close()
  }
})

test('opened submissions of different solvers with the same errors are reported; nothing else follows from it', async () => {
  const id = await world.challenge({
    oracles: [oracle.address],
    opens_truth: true,
    payout: { tag: 'Bounty', values: [{ reward: 1_000n, winners: 1 }] },
    edit: (base) => ({ ...base, opens: { truth: true, submissions: 'all' } }),
  })
  await world.accepted(id)
  // The second is the first with one error more; the third has as many, elsewhere.
  const files = [predictions(12), predictions(13), predictions(12, 15), predictions(0)]
  for (const file of files) {
    const solver = await world.person()
    await world.enter(id, solver, await world.seal(id, solver, file))
  }
  const opening = await openingOf(id, oracle.address)
  expect(opening.submissions.map(({ number }) => number)).toEqual([1, 2, 3, 4])
  expect(opening.nearCopies).toEqual({
    compared: 4,
    pairs: [{ numbers: [1, 2], measure: 'errors', value: expect.closeTo(0.8958, 2) }],
  })
})
