/** Handing a file out to services that are slow, full, late or wrong: one that takes it is enough. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readCar } from '@stellartrain/ipfs-content/car'
import { importBytes } from '@stellartrain/ipfs-content/import'
import { afterEach, expect, test } from 'vitest'
import { handOut, type Taker } from './handout.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function taker(who: string, answer: RequestListener): Promise<Taker> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { who, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

const problem =
  (status: number, code: string, detail: string): RequestListener =>
  (request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ code, detail }))
  }
const takes: RequestListener = (request, response) => {
  request.resume()
  request.on('end', () => response.writeHead(201).end('{}'))
}

/** More than one block: the root comes first, then each block once. */
const sealed = Uint8Array.from({ length: 2_500_000 }, (_, at) => (at * 7 + (at >> 8) + 13 * (at >> 16)) & 0xff)
const fileOf = async () => ({ sealed, cid: (await importBytes(sealed)).cid })

test('the archive has the root first and every block; a service that has not seen the ledger yet is asked again', async () => {
  const file = await fileOf()
  let tries = 0
  const blocks: string[] = []
  const late = await taker('late', async (request, response) => {
    if (++tries < 3) return problem(404, 'not_named', 'The chain does not name it.')(request, response)
    expect(request.url).toBe(`/v1/content/${file.cid}`)
    for await (const { cid } of readCar(request)) blocks.push(cid.toString())
    response.writeHead(201).end('{}')
  })
  expect(await handOut({ fetch }, file, [late])).toEqual({ took: ['late'], failed: [] })
  expect(tries).toBe(3)
  expect(blocks[0]).toBe(file.cid)
  expect(new Set(blocks).size).toBe(4)
})

test('one that takes it is enough: who refuses is named, who hangs is not waited for', async () => {
  const file = await fileOf()
  const taken: string[] = []
  const all = [
    await taker('good', takes),
    await taker('small', problem(413, 'too_large', 'The file is larger than it takes.')),
    await taker('hangs', (request) => void request.resume()),
    { who: 'gone', url: 'http://127.0.0.1:9' },
  ]
  const waiting: [string[], number][] = []
  const done = await handOut({ fetch }, file, all, {
    graceMs: 600,
    onTaken: (who) => void taken.push(who),
    onWaiting: (who, graceMs) => void waiting.push([who.toSorted(), graceMs]),
  })
  expect(waiting).toEqual([[['gone', 'hangs'], 600]])
  expect(done.took).toEqual(['good'])
  expect(taken).toEqual(['good'])
  expect(new Map(done.failed.map(({ who, why }) => [who, why])).get('small')).toBe('The file is larger than it takes.')
  expect(done.failed.map(({ who }) => who).toSorted()).toEqual(['gone', 'hangs', 'small'])
})

test('where no one takes it the error says why, and is worth another try; an abort ends it', async () => {
  const file = await fileOf()
  const full = await taker('full', problem(507, 'disk_full', 'There is no room.'))
  await expect(handOut({ fetch }, file, [full], { tries: 2 })).rejects.toMatchObject({
    ...{ code: 'not_handed_out', retryable: true, message: expect.stringContaining('full: There is no room.') },
  })
  const stop = new AbortController()
  const hangs = await taker('hangs', (request) => {
    request.resume()
    stop.abort(new Error('stopped'))
  })
  await expect(handOut({ fetch }, file, [hangs], { signal: stop.signal })).rejects.toThrow('stopped')
  await expect(handOut({ fetch }, { ...file, sealed: sealed.slice(1) }, [full])).rejects.toMatchObject({
    code: 'bad_input',
  })
})
