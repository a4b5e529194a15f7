/** `/pins` against the Pinning Service API's own schema, and as its client: what the ledger names is asked of remote services until they have it. */
import { Keypair } from '@stellar/stellar-sdk'
import { type Fixture, startFixture } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { CAR_MEDIA_TYPE } from '@stellartrain/ipfs-content/car'
import { upload } from '@stellartrain/ipfs-content/upload'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { nameFile, pack, put } from '../chain-harness.ts'
import { bytesOf, type Service, service, signedIn } from '../harness.ts'
import { failureSchema, type PinStatus, pinResultsSchema, pinStatusSchema } from '../pins/shapes.ts'

/** Answers must have the shape of the specification, whoever made them. */
async function client(node: Service, who: Keypair = Keypair.random()) {
  const token = await signedIn(node.url, who)
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${node.url}/pins${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const read = async <S extends z.ZodType>(
    schema: S,
    status: number,
    answer: Promise<Response>,
  ): Promise<z.output<S>> => {
    const response = await answer
    expect(response.status).toBe(status)
    return schema.parse(await response.json())
  }
  return {
    token,
    call,
    add: (pin: object) => read(pinStatusSchema, 202, call('POST', '', pin)),
    get: (id: string) => read(pinStatusSchema, 200, call('GET', `/${id}`)),
    list: (query = '') => read(pinResultsSchema, 200, call('GET', query)),
    refused: async (status: number, answer: Promise<Response>) =>
      (await read(failureSchema, status, answer)).error.reason,
    send: (bytes: Uint8Array<ArrayBuffer>) => upload({ url: node.url, token, bytes }),
  }
}

describe('as a service', () => {
  it('an upload is a pin; what is not here waits until it is brought, as an archive, each block checked', async () => {
    const node = await service()
    const mine = await client(node)
    const { cid } = await mine.send(bytesOf(5_000, 171))
    expect((await mine.list()).results).toMatchObject([{ status: 'pinned', pin: { cid } }])

    const file = await pack(bytesOf(2_500_000, 172))
    const { requestid, status, delegates } = await mine.add({ cid: file.cid, name: 'train.csv', meta: { app: 'x' } })
    expect([status, delegates]).toEqual(['queued', [`/ip4/127.0.0.1/tcp/${new URL(node.url).port}/http`]])
    const send = (pieces: Uint8Array[]) =>
      fetch(`${node.url}/v1/uploads/${file.cid}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${mine.token}`, 'content-type': CAR_MEDIA_TYPE },
        body: Buffer.concat(pieces),
      })
    const forged = new Uint8Array(file.pieces[2]!)
    forged[forged.length - 1]! ^= 1
    expect((await send([file.pieces[0]!, file.pieces[1]!, forged])).status).toBe(400)
    expect((await mine.get(requestid)).status).toBe('queued')
    expect((await send(file.pieces)).status).toBe(201)
    expect((await mine.get(requestid)).status).toBe('pinned')
  })

  it('filters, pages and counts as specified', async () => {
    const node = await service()
    const mine = await client(node)
    const cids: string[] = []
    for (const seed of [181, 182, 183]) cids.push((await mine.send(bytesOf(1_000, seed))).cid)
    const added: PinStatus[] = []
    for (const [i, cid] of cids.entries()) {
      added.push(await mine.add({ cid, name: `Data ${i}`, meta: { set: i < 2 ? 'a' : 'b', n: String(i) } }))
      await new Promise((done) => setTimeout(done, 5))
    }
    const names = async (query: string) => (await mine.list(query)).results.map(({ pin }) => pin.name)
    expect(await names('')).toEqual(['Data 2', 'Data 1', 'Data 0'])
    expect(await mine.list('?limit=1')).toMatchObject({ count: 3, results: [{ pin: { name: 'Data 2' } }] })
    expect(await names(`?before=${added[1]!.created}`)).toEqual(['Data 0'])
    expect(await names(`?after=${added[1]!.created}`)).toEqual(['Data 2'])
    expect(await names(`?cid=${cids[0]}&cid=${cids[2]}`)).toEqual(['Data 2', 'Data 0'])
    expect(await names('?name=Data%201')).toEqual(['Data 1'])
    expect(await names('?name=data%201')).toEqual([])
    expect(await names('?name=data%201&match=iexact')).toEqual(['Data 1'])
    expect(await names('?name=ta%202&match=partial')).toEqual(['Data 2'])
    expect(await names('?name=DATA&match=ipartial&limit=2')).toEqual(['Data 2', 'Data 1'])
    expect(await names(`?meta=${encodeURIComponent('{"set":"a"}')}`)).toEqual(['Data 1', 'Data 0'])
    expect(await names('?status=queued&status=failed')).toEqual([])
    expect((await mine.list('?status=pinned&limit=1000')).count).toBe(3)
    // Of another account nothing is shown.
    const other = await client(node)
    expect((await other.list()).count).toBe(0)
    expect(await other.refused(404, other.call('GET', `/${added[0]!.requestid}`))).toBe('NOT_FOUND')
  })

  it('replaces and removes; content goes with its last pin', async () => {
    const node = await service()
    const [mine, other] = [await client(node), await client(node)]
    const bytes = bytesOf(5_000, 191)
    const { cid } = await mine.send(bytes)
    await other.send(bytes)
    const there = async () => (await fetch(`${node.url}/ipfs/${cid}`)).status
    const { requestid } = await mine.add({ cid, name: 'one' })
    const replaced = await pinStatusSchema.parseAsync(
      await (await mine.call('POST', `/${requestid}`, { cid, name: 'two' })).json(),
    )
    expect(replaced.pin.name).toBe('two')
    expect(await mine.refused(404, mine.call('GET', `/${requestid}`))).toBe('NOT_FOUND')
    expect((await mine.call('DELETE', `/${replaced.requestid}`)).status).toBe(202)
    expect([(await mine.list()).count, await there()]).toEqual([0, 200])
    const [theirs] = (await other.list()).results
    expect((await other.call('DELETE', `/${theirs!.requestid}`)).status).toBe(202)
    expect(await there()).toBe(404)
    const metrics = await (await fetch(`${node.url}/metrics`)).text()
    expect(metrics).toContain('stellartrain_ipfs_quota_used_bytes{for="accounts"} 0')
  })

  it('counts for the account and the address, and takes a few kB', async () => {
    const cid = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'
    const meta = (bytes: number) => ({ a: 'x'.repeat(bytes / 4), b: 'x'.repeat(bytes / 4), c: 'x'.repeat(bytes / 2) })
    const small = await service({ maxAccountBytes: 9_000, maxUploadsBytes: 13_000 })
    const [one, other] = [await client(small), await client(small)]
    expect(
      await one.refused(
        400,
        one.call('POST', '', {
          cid,
          meta: meta(2_000),
          name: 'x'.repeat(255),
          origins: ['x'.repeat(500), 'y'.repeat(499)],
        }),
      ),
    ).toBe('BAD_REQUEST')
    expect(await one.refused(413, one.call('POST', '', { cid, meta: { a: 'x'.repeat(20_000) } }))).toBe('TOO_LARGE')
    const { requestid } = await one.add({ cid, meta: meta(1_600) })
    await one.add({ cid })
    expect(await one.refused(413, one.call('POST', '', { cid }))).toBe('ACCOUNT_FULL')
    await other.add({ cid })
    expect(await other.refused(507, other.call('POST', '', { cid }))).toBe('UPLOADS_FULL')
    await small.close()
    // Counted again after a restart; what is removed counts no more.
    const again = await service({ maxAccountBytes: 9_000, maxUploadsBytes: 13_000, home: small.home })
    const call = (method: string, path: string, body?: object) =>
      fetch(`${again.url}/pins${path}`, {
        method,
        headers: { authorization: `Bearer ${other.token}` },
        ...(body && { body: JSON.stringify(body) }),
      })
    expect(await other.refused(507, call('POST', '', { cid }))).toBe('UPLOADS_FULL')
    const removed = await fetch(`${again.url}/pins/${requestid}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${one.token}` },
    })
    expect(removed.status).toBe(202)
    expect((await call('POST', '', { cid })).status).toBe(202)

    const full = await service({ reserveBytes: 10 ** 15 })
    const mine = await client(full)
    expect(await mine.refused(507, mine.call('POST', '', { cid }))).toBe('DISK_FULL')
    const daily = await service({ maxAddressBytes: 5_000, proxies: 1 })
    const codes: number[] = []
    for (let i = 0; i < 2; i++) {
      const headers = { authorization: `Bearer ${await signedIn(daily.url)}`, 'x-forwarded-for': '203.0.113.7' }
      codes.push((await fetch(`${daily.url}/pins`, { method: 'POST', headers, body: JSON.stringify({ cid }) })).status)
    }
    expect(codes).toEqual([202, 429])
  })

  it('what somebody else brought counts for the day of the address that keeps it, too', async () => {
    const node = await service({ maxAddressBytes: 20_000, proxies: 1 })
    const { cid } = await (await client(node)).send(bytesOf(15_000, 198))
    const from = async () => {
      const headers = { authorization: `Bearer ${await signedIn(node.url)}`, 'x-forwarded-for': '203.0.113.7' }
      const answer = await fetch(`${node.url}/pins`, { method: 'POST', headers, body: JSON.stringify({ cid }) })
      return ((await answer.json()) as { status?: string; error?: { reason: string } }) ?? {}
    }
    expect(await from()).toMatchObject({ status: 'pinned' })
    expect(await from()).toMatchObject({ error: { reason: 'ADDRESS_FULL' } })
  })

  it('many requests at once are answered one after another, or told to wait', async () => {
    const node = await service()
    const mine = await client(node)
    const cid = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'
    for (let i = 0; i < 50; i++)
      await mine.add({ cid, name: `n${i}`, meta: { a: 'x'.repeat(900), b: 'x'.repeat(900) } })
    const answers = await Promise.all(Array.from({ length: 60 }, () => mine.call('GET', '?limit=1')))
    const codes = answers.map(({ status }) => status)
    await Promise.all(answers.map((one) => one.arrayBuffer()))
    expect(codes.filter((code) => code !== 200 && code !== 503)).toEqual([])
    expect(codes.filter((code) => code === 200).length).toBeGreaterThanOrEqual(8)
    expect(await mine.list('?limit=1')).toMatchObject({ count: 50, results: [{ pin: { name: 'n49' } }] })
  })

  it('refuses in the shape that is specified', async () => {
    const node = await service()
    const mine = await client(node)
    expect(await mine.refused(401, fetch(`${node.url}/pins`))).toBe('SIGNED_OUT')
    for (const query of [
      '?limit=0',
      '?limit=1001',
      '?status=lost',
      '?before=yesterday',
      '?meta=x',
      '?match=all',
      `?name=${'x'.repeat(256)}`,
    ])
      expect(await mine.refused(400, mine.call('GET', query)), query).toBe('BAD_REQUEST')
    for (const pin of [{}, { cid: 'bafy' }, { cid: 1 }, { cid: 'x', meta: { a: 1 } }, null])
      expect(await mine.refused(400, mine.call('POST', '', pin))).toMatch(/^BAD_(REQUEST|CID)$/)
    expect(await mine.refused(404, mine.call('DELETE', '/nothing'))).toBe('NOT_FOUND')
  })
})

describe('as a client', () => {
  it('asks its remote services for what the ledger names and for nothing else, until they have it', async () => {
    const net: Fixture = await startFixture()
    try {
      // Another node of ours is the pinning service.
      const remote = await service()
      const account = Keypair.random()
      const theirs = await client(remote, account)
      const node = await service({
        ...{ rpcUrl: net.net.rpcUrl, contract: net.chain.network.contract, pollMs: 50 },
        pinServices: [{ url: remote.url, token: theirs.token }],
        pinOrigins: ['/dns4/kubo.example/tcp/4001'],
      })
      const [maker] = await net.people(1)
      const id = await net.challenge(maker!, [await net.oracle()])
      const file = await pack(bytesOf(5_000, 195))
      await nameFile(net, id, file)
      expect((await put(node, file.cid, file.pieces)).status).toBe(201)
      await (await client(node)).send(bytesOf(5_000, 196))
      // Looked through again ten minutes later, by the ledger's time.
      await net.net.warp(700)
      await until(async () => (await theirs.list()).count === 1, { what: 'the pin to be asked for' })
      const [asked] = (await theirs.list()).results
      expect(asked).toMatchObject({
        status: 'queued',
        pin: { cid: file.cid, origins: ['/dns4/kubo.example/tcp/4001'] },
      })
      const told = async () =>
        (await (await fetch(`${node.url}/status`)).json()) as { remotePins: { waiting: number; kept: number }[] }
      expect((await told()).remotePins).toMatchObject([{ kind: 'pinning-service', waiting: 1, kept: 0 }])
      expect(await (await fetch(`${node.url}/metrics`)).text()).toMatch(/remote_pins_undelivered\{service="[^"]+"\} 1/)
      // It finds the content; we learn of it by asking again.
      await theirs.send(bytesOf(5_000, 195))
      await until(async () => (await told()).remotePins[0]?.kept === 1, { what: 'the delivery to be known' })
      expect((await theirs.list()).count).toBe(1)
      // What is let go here need not be paid for there; a pin of another name is none of ours.
      await theirs.add({ cid: file.cid, name: 'their own' })
      await net.net.warp(400 * 86_400)
      await until(
        async () => (await theirs.list('?name=their%20own')).count === 1 && (await theirs.list()).count === 1,
        {
          what: 'our pin to be removed',
        },
      )
      expect((await told()).remotePins).toMatchObject([{ state: 'up_to_date', waiting: 0, kept: 0 }])
    } finally {
      await net.close()
    }
  })
})
