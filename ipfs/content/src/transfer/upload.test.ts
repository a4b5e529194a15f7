/** Uploads to services that fail or lie: each has its own error, and a wrong CID is never handed on. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { homeDomainOf } from '../http/sign-in.ts'
import { golden, goldenContent } from '../testing/golden.ts'
import { upload } from './upload.ts'

const bytes = goldenContent(golden.cids[1]!.bytes)
const cid = golden.cids[1]!.cid

async function serviceThat(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** Reads the request, then answers. */
const answering = (status: number, body: unknown) =>
  serviceThat(async (request, response) => {
    await Array.fromAsync(request)
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  })

describe('an upload to a service that', () => {
  it('stores it is done', async () => {
    const url = await answering(201, { cid, bytes: 1 })
    expect(await upload({ url, token: 't', bytes })).toEqual({ cid, bytes: 1 })
  })

  it.each<[string, number, unknown, object]>([
    ['stored other bytes', 201, { cid: golden.cids[0]!.cid, bytes: 1 }, { code: 'cid_mismatch', retryable: false }],
    ['stored another length', 201, { cid, bytes: 2 }, { code: 'cid_mismatch' }],
    ['answers nonsense', 201, '<html>', { code: 'upload_refused' }],
    ['forgot the session', 401, { detail: 'The session has ended.' }, { code: 'signed_out', message: /has ended/ }],
    ['takes smaller files only', 413, { detail: 'At most 5 bytes.' }, { code: 'too_large', message: /At most 5/ }],
    [
      'keeps no more for this account',
      413,
      { code: 'account_full', detail: 'This account has all its room.' },
      { code: 'account_full', retryable: false, message: /all its room/ },
    ],
    ['has a full disk', 507, { detail: 'Full.' }, { code: 'disk_full', retryable: true }],
    ['fails', 500, 'oops', { code: 'unavailable', retryable: true }],
    ['is busy', 503, {}, { code: 'unavailable', retryable: true }],
    ['refuses', 400, {}, { code: 'upload_refused', retryable: false }],
  ])('%s is a typed error', async (_what, status, body, expected) => {
    const error = await upload({ url: await answering(status, body), token: 't', bytes }).catch((e: unknown) => e)
    const { message, ...rest } = expected as { message?: RegExp }
    expect(error).toMatchObject({ name: 'ContentError', ...rest })
    if (message) expect((error as Error).message).toMatch(message)
  })

  it('hangs is given up', async () => {
    const url = await serviceThat(() => {})
    await expect(upload({ url, token: 't', bytes, idleTimeoutMs: 100 })).rejects.toMatchObject({ code: 'timeout' })
  })

  it('redirects is not followed: the token is for this one', async () => {
    let reached = 0
    const elsewhere = await serviceThat((_, response) => {
      reached++
      response.end()
    })
    const url = await serviceThat((_, response) => void response.writeHead(307, { location: elsewhere }).end())
    await expect(upload({ url, token: 't', bytes })).rejects.toMatchObject({ code: 'unavailable' })
    expect(reached).toBe(0)
  })
})

it.each([
  ['http://localhost:8080', 'localhost'],
  ['http://127.0.0.1:1', 'localhost'],
  ['http://[::1]:8080/', 'localhost'],
  ['https://ipfs.example.org', 'ipfs.example.org'],
  ['https://localhost.example.org', 'localhost.example.org'],
  ['http://ipfs:8080', 'ipfs'],
])('signing in to %s is for the home domain %s', (url, domain) => {
  expect(homeDomainOf(url)).toBe(domain)
})
