/** No message of the client holds more of a URL than its host. */
import { expect, test } from 'vitest'
import { hostOf } from './host.ts'
import { createRpc } from './rpc.ts'

const SECRET = 'http://user:pw@127.0.0.1:9/v1/SECRETKEY?token=x'

test.each([
  [SECRET, '127.0.0.1:9'],
  ['https://rpc.example/v1/k', 'rpc.example'],
  ['user:pw', 'the configured address'],
  ['', 'the configured address'],
])('of %s it shows %s', (url, host) => expect(hostOf(url)).toBe(host))

test.each<[string, typeof fetch | undefined, string]>([
  ['does not answer', undefined, 'rpc_unreachable'],
  ['sends a page', async () => new Response('<html>'), 'rpc_bad_answer'],
  ['answers without a result', async () => new Response('{}'), 'rpc_bad_answer'],
])('an RPC that %s is named by its host', async (_, fetch, code) => {
  const rpc = createRpc(SECRET, { retries: 0, ...(fetch && { fetch }) })
  const error = await rpc.request('getHealth').catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code, message: expect.stringContaining('at 127.0.0.1:9 ') })
  expect((error as Error).message).not.toMatch(/SECRETKEY|pw|token/)
})
