/** Submissions over the real local network: taken from anybody once the ledger names them, within limits, and let go in the end. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk'
import { submit, type Terms } from '@stellartrain/contracts-client'
import { type Fixture, startFixture } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { cidToChain } from '@stellartrain/ipfs-content/cid'
import { encodeManifest, type Manifest } from '@stellartrain/ipfs-content/manifest'
import { upload } from '@stellartrain/ipfs-content/upload'
import { LevelDatastore } from 'datastore-level'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameFile, type Packed, pack, put } from '../chain-harness.ts'
import { blockFiles, bytesOf, type Service, service, signedIn } from '../harness.ts'
import type { IpfsOptions } from '../start.ts'

let net: Fixture
let oracle: Keypair
let maker: Keypair
beforeAll(async () => {
  net = await startFixture()
  maker = await net.person()
  oracle = await net.oracle()
})
afterAll(() => net.close())

const MIB = 1_048_576
const facts = () => ({ rpcUrl: net.net.rpcUrl, contract: net.chain.network.contract, pollMs: 100 })
const following = (options: Partial<IpfsOptions> = {}) => service({ ...facts(), ...options })
const challenge = (terms: Partial<Terms> = {}) => net.challenge(maker, [oracle], terms)

const name = (id: number, file: Packed, solver?: Keypair, attempt = 1) => nameFile(net, id, file, solver, attempt)

async function codeOf(answer: Promise<Response>) {
  const response = await answer
  const { code } = (await response.json()) as { code?: string }
  return [response.status, code]
}

const statusOf = async ({ url }: Service) => ((await (await fetch(`${url}/status`)).json()) as Status).submissions
type Status = { submissions: { files: number; bytes: number; following: { ledger: number } | null } }

/** Nothing in the store and nothing on its way. */
async function expectNothing(node: Service): Promise<void> {
  expect(await blockFiles(node.home)).toEqual([])
  expect(await readdir(join(node.home, 'incoming'))).toEqual([])
  expect(await statusOf(node)).toMatchObject({ files: 0, bytes: 0 })
}

describe('a file that the ledger names', () => {
  it('is taken without a sign-in, served to everybody, and taken once', async () => {
    const node = await following()
    // Three leaves, of which two are equal: an archive has them once.
    const bytes = new Uint8Array(3 * MIB).map((_, at) => (at >= MIB && at < 2 * MIB ? at % 251 : 7))
    const file = await pack(bytes)
    await name(await challenge(), file)
    const first = await put(node, file.cid, file.pieces)
    expect([first.status, await first.json()]).toEqual([201, { cid: file.cid, bytes: bytes.length }])
    const served = await fetch(`${node.url}/ipfs/${file.cid}`)
    expect(Buffer.compare(new Uint8Array(await served.arrayBuffer()), bytes)).toBe(0)
    expect((await put(node, file.cid, [])).status).toBe(200)
    expect(await statusOf(node)).toMatchObject({
      ...{ files: 1, bytes: bytes.length, maxSubmissionBytes: 64 * MIB, maxChallengeBytes: 2048 * MIB },
      following: { contract: facts().contract, problem: null },
    })
  })

  it('may be offered by a page of another origin', async () => {
    const node = await following()
    const { headers } = await fetch(`${node.url}/v1/content/${(await pack(bytesOf(10, 1))).cid}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://a.example', 'access-control-request-method': 'PUT' },
    })
    expect(headers.get('access-control-allow-methods')).toContain('PUT')
  })

  it('is waited for where this node sees the ledger a moment later', async () => {
    const node = await following()
    const [file, id, solver] = [await pack(bytesOf(5_000, 2)), await challenge(), await net.person()]
    const early = put(node, file.cid, file.pieces)
    await name(id, file, solver)
    expect((await early).status).toBe(201)
  })

  it('is known to a node that started later, and counted by one that started again', async () => {
    const file = await pack(bytesOf(5_000, 3))
    await name(await challenge(), file)
    const first = await following()
    expect((await put(first, file.cid, file.pieces)).status).toBe(201)
    await first.close()
    const second = await following({ home: first.home })
    expect(await statusOf(second)).toMatchObject({ files: 1, bytes: 5_000 })
    expect((await put(second, file.cid, [])).status).toBe(200)
  })

  it('does not count where a kill left it without its pin', async () => {
    const file = await pack(bytesOf(5_000, 17))
    const id = await challenge()
    await name(id, file)
    const first = await following()
    await first.close()
    // As if killed after the count and before the pin.
    const datastore = new LevelDatastore(join(first.home, 'datastore'))
    await datastore.open()
    const counted = JSON.stringify({ bytes: 5_000, until: 4_000_000_000 })
    await datastore.db.put(`/named/${id}/${file.cid}`, new TextEncoder().encode(counted))
    await datastore.close()
    await writeFile(join(first.home, 'incoming', 'left.blocks'), '')

    const second = await following({ home: first.home })
    await expectNothing(second)
    expect((await put(second, file.cid, file.pieces)).status).toBe(201)
  })
})

describe('what is refused leaves nothing, and the answer says why', () => {
  it('a file that no submission names', async () => {
    const node = await following()
    const file = await pack(bytesOf(5_000, 4))
    const answer = await put(node, file.cid, file.pieces)
    expect([answer.status, await answer.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'not_named', detail: expect.stringContaining('Submit it first') }),
    ])
    await expectNothing(node)
  })

  it('blocks of another file, in another order, with other bytes, and an archive that ends early', async () => {
    const node = await following()
    const file = await pack(bytesOf(3 * MIB, 5))
    await name(await challenge(), file)
    const other = await pack(bytesOf(5_000, 6))
    const [head, root, one, two] = file.pieces as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    const forged = new Uint8Array(two)
    forged[forged.length - 1]! ^= 1
    for (const pieces of [other.pieces, [head, root, two, one], [head, root, one, forged], [head, root, one], []])
      expect(await codeOf(put(node, file.cid, pieces))).toEqual([400, 'bad_car'])
    await expectNothing(node)
    expect((await put(node, file.cid, file.pieces)).status).toBe(201)
  })

  it('a sealed file that is larger than this node takes, or than the manifest allows', async () => {
    const node = await following({ maxSubmissionBytes: 2 * MIB })
    const large = await pack(bytesOf(2 * MIB + 1, 7))
    const fits = await pack(bytesOf(MIB, 8))
    const unknown = await challenge()
    await name(unknown, large)
    await name(unknown, fits)
    expect(await codeOf(put(node, large.cid, large.pieces))).toEqual([413, 'too_large'])
    await expectNothing(node)
    expect((await put(node, fits.cid, fits.pieces)).status).toBe(201)

    const manifest = encodeManifest(await manifestOf(100_000))
    const { cid } = await upload({ url: node.url, token: await signedIn(node.url), bytes: manifest })
    const above = await pack(bytesOf(MIB, 9))
    await name(await challenge({ manifest: cidToChain(cid) }), above)
    const before = await blockFiles(node.home)
    expect(await codeOf(put(node, above.cid, above.pieces))).toEqual([413, 'too_large'])
    expect(await blockFiles(node.home)).toEqual(before)
  })

  it('but not because another challenge, with a smaller limit or no room, names the same file', async () => {
    const node = await following()
    const manifest = encodeManifest(await manifestOf(1))
    const { cid } = await upload({ url: node.url, token: await signedIn(node.url), bytes: manifest })
    const file = await pack(bytesOf(MIB, 16))
    // Named first by the one that refuses it.
    await name(await challenge({ manifest: cidToChain(cid) }), file)
    await name(await challenge(), file)
    await until(async () => (await put(node, file.cid, file.pieces)).status === 201, { what: 'the file to be taken' })
    expect(await statusOf(node)).toMatchObject({ files: 1, bytes: MIB })
  })

  it('a directory: the submission is no file', async () => {
    const node = await following()
    const block = Uint8Array.of(0x0a, 0x02, 0x08, 0x01)
    const { CID } = await import('multiformats/cid')
    const { create } = await import('multiformats/hashes/digest')
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', block))
    const root = CID.createV1(0x70, create(0x12, digest))
    const head = (await pack(bytesOf(10, 10))).pieces[0]!
    const section = Buffer.concat([Uint8Array.of(root.bytes.length + block.length), root.bytes, block])
    await name(await challenge(), { cid: root.toString(), pieces: [] })
    expect(await codeOf(put(node, root.toString(), [head, section]))).toEqual([422, 'not_a_file'])
    await expectNothing(node)
  })

  it('what does not fit beside the others of its challenge, or of all challenges', async () => {
    const node = await following({ maxChallengeBytes: 20_000, maxSubmissionsBytes: 30_000 })
    const [one, two] = [await challenge(), await challenge()]
    const files = await Promise.all([11, 12, 13, 14].map((seed) => pack(bytesOf(12_000, seed))))
    const [a, b, c, d] = files as [Packed, Packed, Packed, Packed]
    for (const [id, file] of [
      [one, a],
      [one, b],
      [two, c],
    ] as const)
      await name(id, file)
    const third = await challenge()
    await name(third, d)
    expect((await put(node, a.cid, a.pieces)).status).toBe(201)
    const before = await blockFiles(node.home)
    expect(await codeOf(put(node, b.cid, b.pieces))).toEqual([507, 'challenge_full'])
    expect(await blockFiles(node.home)).toEqual(before)
    expect((await put(node, c.cid, c.pieces)).status).toBe(201)
    expect(await codeOf(put(node, d.cid, d.pieces))).toEqual([507, 'storage_full'])
    expect(await statusOf(node)).toMatchObject({ files: 2, bytes: 24_000 })
    // Who was refused may send what is there already.
    expect((await put(node, a.cid, [])).status).toBe(200)
  })

  it('everything, where no contract is followed or the ledger cannot be read', async () => {
    const { cid, pieces } = await pack(bytesOf(5_000, 15))
    expect(await codeOf(put(await service(), cid, pieces))).toEqual([404, 'not_following'])
    const cut = await following({ rpcUrl: 'http://127.0.0.1:9' })
    expect(await codeOf(put(cut, cid, pieces))).toEqual([503, 'no_ledger'])
    expect(await codeOf(put(cut, 'bafy', pieces))).toEqual([400, 'bad_cid'])
  })
})

describe('the end', () => {
  it('lets a file go 30 days after it, unless an account keeps it or another challenge does', async () => {
    const own = await startFixture()
    try {
      await letsGo(own)
    } finally {
      await own.close()
    }
  })
})

async function letsGo(own: Fixture): Promise<void> {
  const facts = { rpcUrl: own.net.rpcUrl, contract: own.chain.network.contract, pollMs: 50 }
  const node = await service({ ...facts, uploadDays: 36_500 })
  const [someone, judge] = await own.people(2)
  const oracles = [await own.oracle()]
  const shorter = await own.challenge(someone!, oracles)
  const terms = await own.terms(oracles)
  const longer = await own.challenge(someone!, oracles, { grade_by: terms.grade_by + 10n * 86_400n })
  const files = await Promise.all([21, 22, 23].map((seed) => pack(bytesOf(1_200_000, seed))))
  const [gone, uploaded, shared] = files as [Packed, Packed, Packed]
  let attempt = 0
  const enter = async (id: number, { cid }: Packed) => {
    const work = { cid: cidToChain(cid), commitment: new Uint8Array(32), units: 0, carry: 0n }
    await own.act(submit({ solver: judge!.publicKey(), challenge: id, attempt, ...work }), judge!)
  }
  for (const file of files) {
    attempt++
    await enter(shorter, file)
    expect((await put(node, file.cid, file.pieces)).status).toBe(201)
  }
  attempt = 1
  await enter(longer, shared)
  await upload({ url: node.url, token: await signedIn(node.url), bytes: bytesOf(1_200_000, 22) })
  // Kept for the other challenge, too, once this node has seen its submission.
  await until(async () => (await put(node, shared.cid, [])).status === 200 && (await statusOf(node)).files === 4, {
    what: 'both challenges to keep it',
  })

  const kept = async (file: Packed) => (await fetch(`${node.url}/ipfs/${file.cid}`)).status
  // A day before, everything is still there.
  const { ledger } = (await statusOf(node)).following!
  await own.net.warp(Number(terms.grade_by - terms.opens) + 29 * 86_400)
  await until(async () => (await statusOf(node)).following!.ledger > ledger, {
    what: 'a look',
  })
  expect(await kept(gone)).toBe(200)
  await own.net.warp(86_400)
  await until(async () => (await statusOf(node)).files === 1, { what: 'the files to be let go' })
  expect([await kept(gone), await kept(uploaded), await kept(shared)]).toEqual([404, 200, 200])
  await own.net.warp(11 * 86_400)
  await until(async () => (await statusOf(node)).files === 0, { what: 'the last one to be let go' })
  expect([await kept(gone), await kept(uploaded), await kept(shared)]).toEqual([404, 200, 404])
  expect(await codeOf(put(node, gone.cid, gone.pieces))).toEqual([404, 'not_named'])
  const left = await pack(bytesOf(1_200_000, 22))
  expect(await blockFiles(node.home)).toHaveLength(left.pieces.length - 1)
}

async function manifestOf(maxBytes: number): Promise<Manifest> {
  const { cid } = await pack(bytesOf(10, 99))
  const hash = 'ab'.repeat(32)
  const key = 'age17g9lgft67mn96h95czyx9tkakkjp3ep3cc9gumsvk35g5evgt93qctuzng'
  return {
    ...{ format: 'stellartrain/manifest', version: 1, kind: 'competition' },
    ...{
      title: 'Which penguin is it?',
      summary: 'Species.',
      description: 'Three species.',
      license: 'CC0-1.0',
      tags: [],
    },
    datasets: [],
    submission: {
      ...{ format: 'csv', idColumn: 'id', rows: 100, maxBytes },
      columns: [{ name: 'species', type: 'string', labels: ['Adelie', 'Gentoo'] }],
    },
    metric: { id: 'f1_macro', params: { labels: ['Adelie', 'Gentoo'] }, version: 1 },
    baseline: { description: 'The most frequent species.', score: 0.3 },
    truth: { cid, commitment: hash, bytes: 5000, recipients: [{ oracle: oracle.publicKey(), key }] },
    opens: { truth: true, submissions: 'winning' },
  } as Manifest
}
