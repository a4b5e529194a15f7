/** The controls by HTTP, as a test in another language uses them: time, ledgers, and going back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DevnetNode } from '../chain/node.ts'
import { LAST_LEDGER } from '../chain/warp.ts'
import { type Devnet, startDevnet } from '../devnet.ts'
import { settingsJson } from '../settings.ts'
import { MemoryStore } from '../store/memory.ts'
import { Operation, Person } from '../test/kit.ts'
import { Controls } from './controls.ts'

let net: Devnet
beforeAll(async () => {
  net = await startDevnet({ interval: 'auto', controls: true })
})
afterAll(() => net.close())

interface Told {
  status: number
  body: Record<string, unknown>
}

async function ask(method: string, path: string, body?: object, server = net): Promise<Told> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${server.url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  return { status: response.status, body: response.status === 204 ? {} : ((await response.json()) as Told['body']) }
}

const take = async () => (await ask('POST', '/snapshots')).body as { id: string; sequence: number; hash: string }

describe('time', () => {
  test('a warp moves the clock and as many ledgers as asked', async () => {
    const before = net.ledger()
    const { status, body } = await ask('POST', '/warp', { seconds: 5_000 })
    expect([status, body]).toEqual([200, { sequence: before.sequence + 1, closeTime: net.ledger().closeTime }])
    expect(net.ledger().closeTime).toBeGreaterThanOrEqual(before.closeTime + 5_000)
    expect((await ask('POST', '/warp', { seconds: 1, ledgers: 100 })).body.sequence).toBe(before.sequence + 101)
    expect((await ask('POST', '/close')).body.sequence).toBe(before.sequence + 102)
  })

  test('what is no number of seconds or ledgers is refused', async () => {
    const wrong = [{ seconds: -1 }, { seconds: 1.5 }, { seconds: '5' }, {}, { seconds: 1, ledgers: 1e12 }, [5]]
    for (const body of wrong) expect((await ask('POST', '/warp', body)).status).toBe(400)
    const response = await fetch(`${net.url}/warp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'five',
    })
    expect(response.status).toBe(400)
  })
})

describe('warps in a row', () => {
  /** Moves a network of its own by warps of a century's ledgers, until it refuses. */
  async function untilRefused(far: Devnet, body: object): Promise<{ told: Told; before: object }> {
    for (let warp = 0; warp < 100; warp++) {
      const before = far.ledger()
      const told = await ask('POST', '/warp', body, far)
      if (told.status !== 200) return { told, before }
      expect(far.ledger().sequence).toBeGreaterThan(before.sequence)
    }
    throw new Error('no warp was refused')
  }

  test('end before sequence numbers wrap, and the chain is usable there', async () => {
    const far = await startDevnet({ interval: 'auto', controls: true })
    try {
      const { told, before } = await untilRefused(far, { seconds: 0, ledgers: 632_448_000 })
      expect(told).toMatchObject({ status: 409, body: { error: expect.stringContaining('ledger 2146483647') } })
      expect(far.ledger()).toEqual(before)
      await far.warp(0, 2_146_483_647 - far.ledger().sequence)
      expect(await ask('POST', '/warp', { seconds: 1 }, far)).toMatchObject({ status: 409 })
      await expect(far.warp(0)).rejects.toThrow(expect.objectContaining({ code: 'WARP_TOO_FAR' }))
      const ana = await Person.create(far)
      expect(await ana.send(Operation.bumpSequence({ bumpTo: '0' }))).toMatchObject({ status: 'SUCCESS' })
    } finally {
      await far.close()
    }
  })

  test('end before dates overflow, and leave the clock where it was', async () => {
    const far = await startDevnet({ interval: 'auto', controls: true, now: () => 1_800_000_000 })
    try {
      const { told, before } = await untilRefused(far, { seconds: 3_162_240_000 })
      expect(told).toMatchObject({ status: 409, body: { error: expect.stringContaining('253402300799') } })
      expect(far.ledger()).toEqual(before)
      await far.closeLedger()
      expect(far.ledger().closeTime).toBe((before as { closeTime: number }).closeTime)
    } finally {
      await far.close()
    }
  })

  test('leave ledgers to close, down to the last of a chain, after which the answer says so', async () => {
    const node = await DevnetNode.start({
      passphrase: 'last',
      seed: 0,
      settings: settingsJson('mainnet'),
      retention: 100,
      historyBytes: 1e9,
      clientTimeBounds: true,
      store: new MemoryStore(),
      now: () => 1_800_000_000,
    })
    const controls = new Controls(node)
    expect(node.close(LAST_LEDGER - 1 - node.history.last.sequence).sequence).toBe(LAST_LEDGER - 1)
    expect(controls.answer('POST', '/close', '')).toMatchObject({ status: 200, body: { sequence: LAST_LEDGER } })
    const refused = expect.objectContaining({ status: 409, message: expect.stringContaining('start another network') })
    for (const [path, body] of [
      ['/close', ''],
      ['/warp', '{"seconds":0}'],
    ] as const) {
      expect(() => controls.answer('POST', path, body)).toThrow(refused)
    }
    expect(node.history.last.sequence).toBe(LAST_LEDGER)
    await node.stop()
  })

  test('in the process are held to the same, and to whole numbers', async () => {
    const before = net.ledger()
    for (const [seconds, ledgers] of [
      [-1, 1],
      [1.5, 1],
      [Number.NaN, 1],
      [3_600, 1.5],
      [3_600, -1],
      [3_600, Number.POSITIVE_INFINITY],
    ] as const) {
      await expect(net.warp(seconds, ledgers)).rejects.toThrow(expect.objectContaining({ code: 'BAD_WARP' }))
    }
    for (const [seconds, ledgers] of [
      [3_600, 2 ** 32],
      [253_402_300_799, 1],
    ] as const) {
      await expect(net.warp(seconds, ledgers)).rejects.toThrow(expect.objectContaining({ code: 'WARP_TOO_FAR' }))
    }
    expect(net.ledger()).toEqual(before)
    await net.closeLedger()
    expect(net.ledger().sequence).toBe(before.sequence + 1)
    expect(net.ledger().closeTime).toBeLessThan(before.closeTime + 3_600)
  })
})

describe('snapshots', () => {
  beforeEach(async () => {
    const { snapshots } = (await ask('GET', '/snapshots')).body as { snapshots: { id: string }[] }
    for (const { id } of snapshots) expect((await ask('DELETE', `/snapshots/${id}`)).status).toBe(204)
  })

  test('bring back the ledger, its entries and its clock, as often as wanted', async () => {
    const ana = await Person.create(net)
    const moment = await take()
    expect(moment).toMatchObject({ id: expect.any(String), sequence: net.ledger().sequence })
    for (let round = 0; round < 2; round++) {
      await ana.send(Operation.bumpSequence({ bumpTo: '0' }))
      await ask('POST', '/warp', { seconds: 86_400 })
      const spent = await ana.balance()
      expect(spent).toBeLessThan(100_000_000_000n)
      const { status, body } = await ask('POST', `/snapshots/${moment.id}/restore`)
      expect([status, body.sequence]).toEqual([200, moment.sequence])
      expect(net.ledger().sequence).toBe(moment.sequence)
      expect(await ana.balance()).toBe(100_000_000_000n)
    }
  })

  test('are listed, deleted, and forgotten when the chain goes back before them', async () => {
    const first = await take()
    await ask('POST', '/close')
    const second = await take()
    expect((await ask('GET', '/snapshots')).body).toEqual({ snapshots: [first, second] })
    await ask('POST', `/snapshots/${first.id}/restore`)
    expect((await ask('GET', '/snapshots')).body).toEqual({ snapshots: [first] })
    expect(await ask('POST', `/snapshots/${second.id}/restore`)).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('GET /snapshots') },
    })
    expect((await ask('DELETE', `/snapshots/${first.id}`)).status).toBe(204)
    expect((await ask('DELETE', `/snapshots/${first.id}`)).status).toBe(404)
  })

  test('of a chain on disk are refused, for it cannot go back', async () => {
    const home = mkdtempSync(join(tmpdir(), 'devnet-controls-'))
    const kept = await startDevnet({ interval: 3600, controls: true, home })
    try {
      expect(await ask('POST', '/snapshots', undefined, kept)).toMatchObject({
        status: 409,
        body: { error: expect.stringContaining('--home') },
      })
    } finally {
      await kept.close()
      rmSync(home, { recursive: true })
    }
  })

  test('are bounded in number and in bytes', async () => {
    const node = await DevnetNode.start({
      passphrase: 'bounded',
      seed: 0,
      settings: settingsJson('mainnet'),
      retention: 100,
      historyBytes: 1e9,
      clientTimeBounds: true,
      store: new MemoryStore(),
      now: () => 1_800_000_000,
    })
    const counted = new Controls(node, { snapshots: 2, bytes: 1e9 })
    counted.answer('POST', '/snapshots', '')
    counted.answer('POST', '/snapshots', '')
    expect(() => counted.answer('POST', '/snapshots', '')).toThrow(/at most 2 snapshots.*DELETE/)
    counted.answer('DELETE', '/snapshots/1', '')
    expect(counted.answer('POST', '/snapshots', '')).toMatchObject({ status: 201, body: { id: '3' } })
    const weighed = new Controls(node, { snapshots: 100, bytes: node.snapshot().state.length })
    expect(() => weighed.answer('POST', '/snapshots', '')).toThrow(/bytes in all/)
    await node.stop()
  })
})

test('other paths and methods are not controls', async () => {
  for (const [method, path] of [
    ['GET', '/warp'],
    ['POST', '/warp/1'],
    ['GET', '/snapshots/1'],
    ['POST', '/snapshots/1'],
    ['POST', '/snapshots/1/restore/now'],
    ['DELETE', '/snapshots'],
  ] as const) {
    expect([method, path, (await ask(method, path)).status]).toEqual([method, path, 404])
  }
})

describe('web pages of other origins', () => {
  const origin = 'https://page.example'
  const POSTS = ['/warp', '/close', '/snapshots', '/snapshots/1/restore']

  test('can send nothing that changes the network', async () => {
    await take()
    const before = [net.ledger(), (await ask('GET', '/snapshots')).body]
    // What a browser sends without asking first; the last one only looks like JSON.
    for (const type of [
      undefined,
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain; charset=application/json',
      'text/plain, application/json',
    ]) {
      for (const path of POSTS) {
        const headers: Record<string, string> = type === undefined ? { origin } : { origin, 'content-type': type }
        const body = type === undefined ? null : '{"seconds":86400}'
        const response = await fetch(`${net.url}${path}`, { method: 'POST', headers, body })
        expect([type, path, response.status]).toEqual([type, path, 403])
        expect(await response.json()).toEqual({ error: expect.stringContaining('x-devnet-controls: 1') })
      }
    }
    expect([net.ledger(), (await ask('GET', '/snapshots')).body]).toEqual(before)
  })

  test('get no leave to ask, and cannot read an answer', async () => {
    const wanted = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
    for (const path of [...POSTS, '/warp/', '/warp/1', '/snapshots/1']) {
      const asked = await fetch(`${net.url}${path}`, { method: 'OPTIONS', headers: wanted })
      const read = await fetch(`${net.url}${path}`, { headers: { origin } })
      for (const { headers } of [asked, read]) {
        expect([path, [...headers.keys()].filter((name) => name.startsWith('access-control'))]).toEqual([path, []])
      }
    }
    const rpc = await fetch(net.rpcUrl, { method: 'OPTIONS', headers: wanted })
    expect(rpc.headers.get('access-control-allow-origin')).toBe(origin)
  })

  test('differ from programs by either header', async () => {
    for (const headers of [
      { 'content-type': 'application/json' },
      { 'content-type': 'Application/JSON; charset=utf-8' },
      { 'x-devnet-controls': '1' },
    ]) {
      const response = await fetch(`${net.url}/warp`, { method: 'POST', headers, body: '{"seconds":1}' })
      expect(response.status).toBe(200)
    }
  })
})
