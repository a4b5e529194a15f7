import { describe, expect, it } from 'vitest'
import { parseConfig } from './config.ts'

const raw = {
  network: 'local',
  passphrase: 'p',
  rpcUrl: 'http://r',
  apiUrl: 'http://a/',
  ipfsUrl: 'http://i/',
  contract: 'C',
  demoAccounts: [{ name: 'Ada', secret: 'S' }],
}

describe('the run-time configuration', () => {
  it('shows demo keys on the local network only, whatever the file says', () => {
    expect(parseConfig(raw).demoAccounts).toHaveLength(1)
    expect(parseConfig({ ...raw, network: 'testnet' }).demoAccounts).toEqual([])
  })
  it('joins URLs without double slashes and names what is missing', () => {
    expect(parseConfig(raw).apiUrl).toBe('http://a')
    expect([raw, { ...raw, recount: 'R' }].map((one) => parseConfig(one).recount)).toEqual([null, 'R'])
    expect(() => parseConfig({ ...raw, contract: '' })).toThrow(/"contract" is missing/)
  })
})
