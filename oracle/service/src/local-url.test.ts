/** A URL that only its own machine reaches is never registered without a word, but where one machine is all there is. */
import { LOCAL_PASSPHRASE } from '@stellartrain/contracts-client'
import { describe, expect, it } from 'vitest'
import { isLoopback, localUrl, requirePublicUrl } from './local-url.ts'

const TESTNET = 'Test SDF Network ; September 2015'

describe('an address', () => {
  it.each([
    ['http://localhost:4100', true],
    ['http://oracle.localhost', true],
    ['http://127.0.0.1:4100', true],
    ['http://127.9.9.9', true],
    ['http://2130706433', true],
    ['http://[::1]:4100', true],
    ['http://0.0.0.0:4100', true],
    ['https://oracle.example.com', false],
    ['https://localhost.example.com', false],
    ['http://192.0.2.7:4100', false],
    ['no url', false],
  ])('%s: loopback is %s', (url, expected) => {
    expect(isLoopback(url)).toBe(expected)
  })
})

describe('on a network of many machines', () => {
  it('a loopback URL is said to be of no use, with what to set', () => {
    const said = localUrl('http://localhost:4100', TESTNET)
    expect(said).toContain('http://localhost:4100')
    expect(said).toContain('Set ORACLE_PUBLIC_URL')
    expect(localUrl('https://oracle.example.com', TESTNET)).toBeUndefined()
  })

  it('a URL is required, unless the RPC is on this machine, too', () => {
    const missing = expect.objectContaining({ code: 'bad_config', message: expect.stringContaining(TESTNET) })
    expect(() => requirePublicUrl(undefined, 'https://rpc.example.com', TESTNET)).toThrow(missing)
    expect(() => requirePublicUrl('https://oracle.example.com', 'https://rpc.example.com', TESTNET)).not.toThrow()
    expect(() => requirePublicUrl(undefined, 'http://127.0.0.1:8000', TESTNET)).not.toThrow()
  })
})

it('on the local network its own machine is enough', () => {
  expect(localUrl('http://localhost:4100', LOCAL_PASSPHRASE)).toBeUndefined()
  expect(() => requirePublicUrl(undefined, 'https://rpc.example.com', LOCAL_PASSPHRASE)).not.toThrow()
})
