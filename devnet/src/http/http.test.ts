/** The HTTP side: the paths that presets ask, the address that is announced, browsers, and that there is no Horizon. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'

let net: Devnet
beforeAll(async () => {
  net = await startDevnet({ interval: 3600, host: '0.0.0.0' })
})
afterAll(() => net.close())

const body = (method: string) => JSON.stringify({ jsonrpc: '2.0', id: 1, method })

test('the RPC is under every path that presets know', async () => {
  for (const path of ['/', '/rpc', '/rpc/', '/soroban/rpc', '/soroban/rpc/']) {
    const response = await fetch(`${net.url}${path}`, { method: 'POST', body: body('getHealth') })
    expect([path, await response.json()]).toEqual([path, expect.objectContaining({ result: expect.anything() })])
  }
})

test('by default it is the network that presets of tools expect', () => {
  expect(net.passphrase).toBe('Standalone Network ; February 2017')
})

describe('friendbot is announced', () => {
  /** fetch does not let a program choose the Host header. */
  function announced(server: Devnet, host: string | undefined): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', setHost: host !== undefined, ...(host && { headers: { host } }) }
      const asked = request(server.rpcUrl, options, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          text += part
        })
        response.on('end', () => resolve(JSON.parse(text).result.friendbotUrl))
      })
      asked.on('error', reject)
      asked.end(body('getNetwork'))
    })
  }

  test('under the name by which a client has found the server, and never as 0.0.0.0', async () => {
    expect(net.url).toBe(`http://127.0.0.1:${net.port}`)
    expect(await announced(net, 'devnet:8000')).toBe('http://devnet:8000/friendbot')
    expect(await announced(net, '192.168.1.7:8000')).toBe('http://192.168.1.7:8000/friendbot')
    expect(await announced(net, '[fe80::1]:8000')).toBe('http://[fe80::1]:8000/friendbot')
    for (const nonsense of ['a"b', 'x/../y', 'evil.example/path?']) {
      expect(await announced(net, nonsense)).toBe(`${net.url}/friendbot`)
    }
  })

  test('where the operator says', async () => {
    const proxied = await startDevnet({ interval: 3600, publicUrl: 'https://devnet.example/stellar/' })
    try {
      expect(await announced(proxied, 'inner:8000')).toBe('https://devnet.example/stellar/friendbot')
      expect(proxied.friendbotUrl).toBe('https://devnet.example/stellar/friendbot')
    } finally {
      await proxied.close()
    }
  })
})

test('what asks for Horizon learns that there is none', async () => {
  for (const [method, path] of [
    ['GET', '/'],
    ['GET', '/accounts/GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7'],
    ['GET', '/fee_stats'],
    ['GET', '/ledgers?order=desc'],
    ['POST', '/transactions'],
  ] as const) {
    const response = await fetch(`${net.url}${path}`, { method, ...(method === 'POST' && { body: 'tx=AAAA' }) })
    expect([path, response.status]).toEqual([path, 404])
    expect(await response.json()).toMatchObject({ status: 404, detail: expect.stringContaining('no Horizon') })
  }
  expect((await fetch(net.rpcUrl)).status).toBe(405)
  const unknown = await fetch(`${net.url}/nothing`)
  expect([unknown.status, await unknown.json()]).toEqual([404, { error: expect.stringContaining('/rpc') }])
})

describe('a request for', () => {
  /** fetch cleans addresses up; this sends them as they are. */
  function status(method: string, target: string): Promise<[number, unknown]> {
    return new Promise((resolve, reject) => {
      const asked = request({ port: net.port, host: '127.0.0.1', method, path: target }, async (response) => {
        const text = (await response.toArray()).join('')
        resolve([response.statusCode ?? 0, text === '' ? undefined : JSON.parse(text)])
      })
      asked.on('error', reject)
      asked.end()
    })
  }

  const unknown = { error: expect.stringContaining('not found') }

  test.each([
    ['GET', '//'],
    ['POST', '//'],
    ['GET', '///'],
    ['GET', '//health'],
    ['GET', '//name.example/health'],
    ['GET', '//[/health'],
    ['GET', '/http://[/'],
    ['GET', '/%'],
    ['GET', 'http://'],
    ['GET', 'http://[/'],
    ['GET', 'http://name.example:99999/health'],
    ['GET', 'ftp://name.example/health'],
    ['GET', '*'],
  ])('%s %s is answered as for other unknown paths', async (method, target) => {
    expect(await status(method, target)).toEqual([404, unknown])
  })

  test('a whole address, as proxies send it, is for its path', async () => {
    for (const base of ['http://127.0.0.1', 'HTTP://name.example:8000', 'https://name.example']) {
      expect(await status('GET', `${base}/health?x`)).toEqual([200, expect.objectContaining({ status: 'healthy' })])
    }
    expect(await status('GET', 'http://name.example/nothing')).toEqual([404, unknown])
    expect(await status('OPTIONS', '*')).toEqual([204, undefined])
  })
})

describe('browsers', () => {
  const origin = 'http://localhost:3000'

  test('may ask from any origin, which is named in the answer as by the official server', async () => {
    const asked = await fetch(net.rpcUrl, { method: 'POST', headers: { origin }, body: body('getHealth') })
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin)
    expect(asked.headers.get('vary')).toBe('Origin')
    const refused = await fetch(`${net.friendbotUrl}?addr=G`, { headers: { origin } })
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin)
  })

  test('get their question in advance answered', async () => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-client-name',
    }
    const preflight = await fetch(net.rpcUrl, { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin)
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type,x-client-name')
  })
})
