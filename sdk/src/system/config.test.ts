import { expect, test } from 'vitest'
import { assetNamed, type SystemConfig } from './config.ts'

const asset = (code: string, contract: string) => ({ code, issuer: `G${contract}`, contract, decimals: 7 })
const config = (...assets: ReturnType<typeof asset>[]): SystemConfig => ({
  network: 'local',
  passphrase: 'p',
  rpcUrl: 'http://localhost',
  apiUrl: 'http://localhost',
  ipfsUrl: 'http://localhost',
  contract: 'C',
  assets,
})

test('a code that the system knows stands for its contract', () => {
  expect(assetNamed(config(asset('USDC', 'C1'), asset('EURC', 'C2')), 'EURC')).toBe('C2')
})

test('a code of two issuers is not guessed, and anything else stays what it is', () => {
  const two = config(asset('USDC', 'C1'), asset('USDC', 'C2'))
  expect(assetNamed(two, 'USDC')).toBe('USDC')
  expect(assetNamed(two, 'USDC:GABC')).toBe('USDC:GABC')
  expect(assetNamed(config(), 'XLM')).toBe('XLM')
})
