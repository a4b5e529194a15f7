/** Records and badges beside the real contract on a real ledger; a badge's CID as everybody else's libraries compute it. */
import { readFile } from 'node:fs/promises'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { sha256 } from 'multiformats/hashes/sha2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRecordsWasm } from '../deploy/wasm.ts'
import { cidToString } from '../encoding/cid.ts'
import { invoke, postScores, view } from '../index.ts'
import { cidOf, type Fixture, scoredVote, startFixture } from '../testing/fixture.ts'
import { BADGE_PICTURE, badgePictureCid, deployRecords, recordsAt } from './records.ts'

const quick = { pollMs: 20 }
const bytesOf = (text: string) => new TextEncoder().encode(text)

async function cidOfBytes(bytes: Uint8Array): Promise<string> {
  return CID.createV1(raw.code, await sha256.digest(new Uint8Array(bytes))).toString()
}

let fixture: Fixture
let deployer: Keypair
let oracle: Keypair
let maker: Keypair
let records: ReturnType<typeof recordsAt>

beforeAll(async () => {
  fixture = await startFixture()
  oracle = await fixture.oracle()
  ;[deployer, maker] = (await fixture.people(2)) as [Keypair, Keypair]
  records = recordsAt((await deploy()).contract)
})
afterAll(() => fixture.close())

const deploy = async () =>
  deployRecords(fixture.chain, {
    wasm: await readRecordsWasm(),
    stellartrain: fixture.chain.network.contract,
    image: badgePictureCid(),
    signer: deployer,
    ...quick,
  })

/** A new solver's only submission, graded with this score; 9,000,000 wins. */
async function graded(
  score: bigint,
): Promise<{ solver: Keypair; ref: { challenge: number; solver: string; attempt: number } }> {
  const solver = await fixture.person()
  const challenge = await fixture.challenge(maker, [oracle])
  await fixture.submit(challenge, solver)
  const call = postScores({
    oracle: oracle.publicKey(),
    challenge,
    report: cidOf(3),
    votes: [scoredVote(solver, score, 1)],
    settle: true,
  })
  await invoke(fixture.chain, call, oracle, quick)
  return { solver, ref: { challenge, solver: solver.publicKey(), attempt: 1 } }
}

test("the contract's own test vector has the CID that the usual libraries compute", async () => {
  const snapshots = new URL('../../../records/snapshots/', import.meta.url)
  const document = await readFile(new URL('document.json', snapshots))
  expect(`ipfs://${await cidOfBytes(document)}`).toBe(await readFile(new URL('document.uri', snapshots), 'utf8'))
  expect(Object.keys(JSON.parse(document.toString()) as object)).toEqual(['name', 'description', 'image', 'attributes'])
  expect(cidToString(badgePictureCid())).toBe(await cidOfBytes(bytesOf(BADGE_PICTURE)))
})

test('deploying twice is deploying once', async () => {
  const again = await deploy()
  expect(again).toMatchObject({ uploadTx: null, createTx: null, ledger: null })
  expect(await view(fixture.chain, recordsAt(again.contract).config())).toEqual({
    event_version: 2,
    stellartrain: fixture.chain.network.contract,
    image: { codec: 0x55, digest: expect.anything() },
  })
})

test('a win is folded by anybody, and its badge taken by the winner alone, for good', async () => {
  const { chain } = fixture
  const { solver, ref } = await graded(9_500_000n)
  const stranger = await fixture.person()
  const { returnValue: record } = await invoke(chain, records.fold(ref), stranger, quick)
  expect(record).toMatchObject({ submissions: 1, scored: 1, wins: 1 })
  expect(await view(chain, records.record({ solver: ref.solver }))).toEqual(record)
  await expect(invoke(chain, records.fold(ref), stranger, quick)).rejects.toMatchObject({ errorName: 'AlreadyFolded' })

  // A transaction of the stranger does not carry the solver's consent.
  await expect(invoke(chain, records.mint(ref), stranger, quick)).rejects.toThrow()
  const { returnValue: token_id } = await invoke(chain, records.mint(ref), solver, quick)
  await expect(invoke(chain, records.mint(ref), solver, quick)).rejects.toMatchObject({ errorName: 'AlreadyMinted' })
  const move = { from: ref.solver, to: stranger.publicKey(), token_id }
  await expect(invoke(chain, records.transfer(move), solver, quick)).rejects.toMatchObject({
    code: 1107,
    errorName: 'NotTransferable',
  })
  expect(await view(chain, records.ownerOf({ token_id }))).toBe(ref.solver)

  const document = await view(chain, records.metadata({ token_id }))
  expect(await view(chain, records.tokenUri({ token_id }))).toBe(`ipfs://${await cidOfBytes(document)}`)
  const { attributes, image } = JSON.parse(new TextDecoder().decode(document)) as {
    image: string
    attributes: { trait_type: string; value: string | number }[]
  }
  expect(image).toBe(`ipfs://${cidToString(badgePictureCid())}`)
  expect(attributes.find((one) => one.trait_type === 'Score')?.value).toBe('0.9500000')
  expect(attributes.find((one) => one.trait_type === 'Contract')?.value).toBe(chain.network.contract)
})

test('winners who mint at the same moment each get a badge', async () => {
  const { chain } = fixture
  const winners = [await graded(9_100_000n), await graded(9_200_000n), await graded(9_300_000n)]
  const minted = await Promise.all(winners.map(({ solver, ref }) => invoke(chain, records.mint(ref), solver, quick)))
  const numbers = minted.map((one) => one.returnValue)
  expect(new Set(numbers).size).toBe(3)
  for (const [index, token_id] of numbers.entries()) {
    expect(await view(chain, records.badge({ token_id }))).toMatchObject(winners[index]!.ref)
  }
})

test('refusals are told in words', async () => {
  const { chain } = fixture
  const { solver, ref } = await graded(8_000_000n)
  await expect(invoke(chain, records.mint(ref), solver, quick)).rejects.toMatchObject({ errorName: 'NothingWon' })
  const unknown = { ...ref, attempt: 2 }
  await expect(invoke(chain, records.fold(unknown), solver, quick)).rejects.toMatchObject({ errorName: 'NoOutcome' })
  await expect(view(chain, records.tokenUri({ token_id: 999 }))).rejects.toMatchObject({ errorName: 'NoBadge' })
  expect(await view(chain, records.badgeOf(ref))).toBeNull()
})
