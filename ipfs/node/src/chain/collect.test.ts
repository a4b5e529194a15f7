/** Garbage collection over the real local network: what the chain names stays, what it does not is let go, and what is unknown stays. */
import { cancelChallenge, createChallenge } from '@stellartrain/contracts-client'
import { startFixture } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { cidToChain } from '@stellartrain/ipfs-content/cid'
import { encodeManifest } from '@stellartrain/ipfs-content/manifest'
import { upload } from '@stellartrain/ipfs-content/upload'
import { expect, it } from 'vitest'
import { manifestNaming, nameFile, pack, put } from '../chain-harness.ts'
import { blockFiles, bytesOf, service, signedIn } from '../harness.ts'

const DAY = 86_400
type Status = {
  uploads: { files: number; bytes: number; letGo: number; unlearned: number; collectedAt: number | null }
  submissions: { following: { closedAt: number; since: number } }
}
const statusOf = async ({ url }: { url: string }) => (await (await fetch(`${url}/status`)).json()) as Status
const has = async ({ url }: { url: string }, cid: string) => (await fetch(`${url}/ipfs/${cid}`)).status === 200

it('uploads that the ledger does not name are let go after their days, and the rest once its challenge is long over', async () => {
  const own = await startFixture()
  try {
    const [maker, stranger] = await own.people(2)
    const oracle = await own.oracle()
    const options = {
      rpcUrl: own.net.rpcUrl,
      contract: own.chain.network.contract,
      pollMs: 50,
      uploadDays: 14,
      keepDays: 30,
    }
    const node = await service(options)
    const send = async (who: typeof maker, seed: number, bytes = bytesOf(5_000, seed)) =>
      (await upload({ url: node.url, token: await signedIn(node.url, who), bytes })).cid
    // The data are of somebody who has no part; the manifest names them.
    const data = await send(stranger, 101)
    const truth = await send(stranger, 102)
    const manifest = await send(
      stranger,
      103,
      encodeManifest(manifestNaming(oracle.publicKey(), truth, { train: data })),
    )
    const [junk, draft, report] = [await send(stranger, 104), await send(maker, 105), await send(oracle, 106)]
    const { grade_by, opens } = await own.terms([oracle])
    const longer = { manifest: cidToChain(manifest), grade_by: grade_by + BigInt(40 * DAY) }
    const id = await own.challenge(maker!, [oracle], longer)
    // A submission that its solver also uploaded as an account.
    const file = await pack(bytesOf(5_000, 107))
    const solver = await nameFile(own, id, file)
    expect((await put(node, file.cid, file.pieces)).status).toBe(201)
    await send(solver, 107)

    const collectedAfter = async (seconds: number) => {
      const { closedAt } = (await statusOf(node)).submissions.following
      await own.net.warp(seconds)
      await until(async () => ((await statusOf(node)).uploads.collectedAt ?? 0) >= closedAt + seconds - 60, {
        what: 'a look through all',
      })
    }
    await until(async () => (await statusOf(node)).uploads.collectedAt !== null, { what: 'the first look' })
    await collectedAfter(13 * DAY)
    expect((await statusOf(node)).uploads.letGo).toBe(0)
    await collectedAfter(2 * DAY)
    await until(async () => !(await has(node, junk)), { what: 'the junk to be let go' })
    for (const cid of [data, truth, manifest, draft, report, file.cid]) expect(await has(node, cid), cid).toBe(true)
    await until(async () => (await statusOf(node)).uploads.letGo === 1, { what: 'the count' })
    expect((await statusOf(node)).uploads.unlearned).toBe(0)
    const metrics = await (await fetch(`${node.url}/metrics`)).text()
    expect(metrics).toContain('stellartrain_ipfs_let_go_files 1')

    // Known after a restart, too, without a look at old events.
    await node.close()
    const again = await service({ ...options, home: node.home })
    await until(async () => (await statusOf(again)).uploads.collectedAt !== null, { what: 'a look after the restart' })
    for (const cid of [data, truth, manifest, file.cid]) expect(await has(again, cid), cid).toBe(true)

    await own.net.warp(Number(grade_by - opens) + (40 + 30) * DAY)
    await until(async () => (await blockFiles(again.home)).length === 0, { what: 'all to be let go' })
    for (const cid of [data, truth, manifest, draft, report, file.cid]) expect(await has(again, cid), cid).toBe(false)
    expect((await statusOf(again)).uploads).toMatchObject({ files: 0, bytes: 0 })
  } finally {
    await own.close()
  }
})

it('what the ledger names takes no share; while there is little room, who has too much loses the oldest of it', async () => {
  const own = await startFixture()
  try {
    const [maker] = await own.people(1)
    const oracle = await own.oracle()
    const facts = { rpcUrl: own.net.rpcUrl, contract: own.chain.network.contract, pollMs: 50 }
    const node = await service({ ...facts, maxUploadsBytes: 4_000_000, proxies: 1 })
    let seed = 300
    const send = async (address: string, bytes: Uint8Array<ArrayBuffer>) => {
      const headers = { authorization: `Bearer ${await signedIn(node.url)}`, 'x-forwarded-for': address }
      const answer = await fetch(`${node.url}/v1/uploads`, { method: 'POST', headers, body: bytes })
      return { status: answer.status, ...((await answer.json()) as { cid?: string }) }
    }
    const sized = (address: string, size: number) => send(address, bytesOf(size, seed++))
    await until(async () => (await statusOf(node)).uploads.collectedAt !== null, { what: 'the first look' })
    const data = await sized('192.0.2.1', 300_000)
    const truth = await sized('192.0.2.1', 5_000)
    expect((await sized('192.0.2.1', 300_000)).status).toBe(507)
    const described = encodeManifest(manifestNaming(oracle.publicKey(), truth.cid!, { train: data.cid! }))
    const manifest = await send('192.0.2.1', described)
    const { grade_by } = await own.terms([oracle])
    await own.challenge(maker!, [oracle], {
      manifest: cidToChain(manifest.cid!),
      grade_by: grade_by + BigInt(40 * DAY),
    })
    await own.net.warp(700)
    let more = await sized('192.0.2.1', 300_000)
    const isTaken = async () => {
      if (more.status !== 201) more = await sized('192.0.2.1', 300_000)
      return more.status === 201
    }
    await until(isTaken, { what: 'the share to be free again' })
    const { closedAt } = (await statusOf(node)).submissions.following
    await own.net.warp(60)
    await until(async () => (await statusOf(node)).submissions.following.closedAt >= closedAt + 60, {
      what: 'a later time',
    })

    const shareBytes = async () =>
      ((await (await fetch(`${node.url}/status`)).json()) as { uploads: { shareBytes: number } }).uploads.shareBytes
    const many: string[] = []
    while ((await shareBytes()) > 55_000) many.push((await sized(`198.51.${many.length}.1`, await shareBytes())).cid!)
    const late = await sized('100.64.0.1', 20_000)
    expect(late.status).toBe(201)
    expect((await statusOf(node)).uploads.letGo).toBe(0)
    await own.net.warp(2 * DAY)
    await until(async () => (await statusOf(node)).uploads.letGo > 0, { what: 'room to be made' })
    await until(async () => !(await has(node, more.cid!)), { what: 'the oldest to be let go' })
    for (const cid of [data.cid!, truth.cid!, manifest.cid!, late.cid!, ...many])
      expect(await has(node, cid), cid).toBe(true)
    expect((await statusOf(node)).uploads.bytes).toBeLessThan(3_000_000)
  } finally {
    await own.close()
  }
})

it('what was uploaded before a gap in the events stays, and is counted', async () => {
  const own = await startFixture()
  try {
    const facts = { rpcUrl: own.net.rpcUrl, contract: own.chain.network.contract, pollMs: 50, uploadDays: 1 }
    const first = await service(facts)
    await until(async () => (await statusOf(first)).uploads.collectedAt !== null, { what: 'the first look' })
    const { cid } = await upload({ url: first.url, token: await signedIn(first.url), bytes: bytesOf(5_000, 111) })
    await first.close()
    // As if it had been away for longer than the RPC remembers: it lost its place in the events.
    const { LevelDatastore } = await import('datastore-level')
    const datastore = new LevelDatastore(`${first.home}/datastore`)
    await datastore.open()
    await datastore.db.del('/chain/place')
    await datastore.close()
    await own.net.warp(3 * DAY)

    const second = await service({ ...facts, home: first.home })
    await until(async () => (await statusOf(second)).uploads.unlearned === 1, { what: 'a look through all' })
    expect([(await statusOf(second)).uploads.letGo, await has(second, cid)]).toEqual([0, true])
  } finally {
    await own.close()
  }
})

it('a submission whose event is gone is found in the storage of the contract, by whom and which attempt', async () => {
  const own = await startFixture()
  try {
    const [maker] = await own.people(1)
    const id = await own.challenge(maker!, [await own.oracle()])
    const [file, other] = await Promise.all([pack(bytesOf(5_000, 121)), pack(bytesOf(5_000, 122))])
    const solver = await nameFile(own, id, file)
    const node = await service({ rpcUrl: own.net.rpcUrl, contract: own.chain.network.contract, pollMs: 600_000 })
    await until(async () => (await statusOf(node)).uploads.collectedAt !== null, { what: 'the first look' })
    await node.close()
    const { LevelDatastore } = await import('datastore-level')
    const datastore = new LevelDatastore(`${node.home}/datastore`)
    await datastore.open()
    await datastore.db.del(`/chain/name/${file.cid}/${id}`)
    await datastore.close()

    const again = await service({ rpcUrl: own.net.rpcUrl, contract: own.chain.network.contract, home: node.home })
    const at = (attempt: number) => `?challenge=${id}&solver=${solver.publicKey()}&attempt=${attempt}`
    const refused = await put(again, other.cid, other.pieces, at(1))
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([404, 'not_named'])
    expect((await put(again, file.cid, file.pieces, at(1))).status).toBe(201)
    expect((await put(again, file.cid, file.pieces, '?challenge=x')).status).toBe(400)
  } finally {
    await own.close()
  }
})

it('a challenge that was cancelled, or that not all accepted, keeps nothing and gives no part', async () => {
  const own = await startFixture()
  try {
    const [canceller, idle] = await own.people(2)
    const oracle = await own.oracle()
    const node = await service({
      ...{ rpcUrl: own.net.rpcUrl, contract: own.chain.network.contract },
      ...{ pollMs: 50, uploadDays: 14, keepDays: 30 },
    })
    const terms = await own.terms([oracle])
    const payout: typeof terms.payout = { tag: 'Bounty', values: [{ reward: 1n, winners: 1 }] }
    const times = { deadline: terms.opens + BigInt(100 * DAY), grade_by: terms.opens + BigInt(105 * DAY) }
    const far = { ...terms, ...times, payout, oracle_fee: 1n }
    const begin = (maker: typeof canceller) =>
      own.act(createChallenge({ maker: maker!.publicKey(), terms: far, prize: 1n, fee_budget: 10n }), maker!)
    const id = await begin(canceller)
    await begin(idle)
    await own.act(cancelChallenge({ challenge: id }), canceller!)
    const send = async (who: typeof canceller, seed: number) =>
      (await upload({ url: node.url, token: await signedIn(node.url, who), bytes: bytesOf(5_000, seed) })).cid
    const cids = [await send(canceller, 125), await send(idle, 126)]
    await until(async () => (await statusOf(node)).uploads.collectedAt !== null, { what: 'the first look' })
    for (const cid of cids) expect(await has(node, cid)).toBe(true)
    await own.net.warp(15 * DAY)
    await until(async () => (await statusOf(node)).uploads.letGo === 2, { what: 'both to be let go' })
    for (const cid of cids) expect(await has(node, cid)).toBe(false)
  } finally {
    await own.close()
  }
})
