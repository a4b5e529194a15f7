/** A wrong environment is reported as a whole and without secrets. */
import { readFileSync } from 'node:fs'
import { Keypair, StrKey } from '@stellar/stellar-sdk'
import { optionsTable } from '@stellartrain/service'
import { expect, test } from 'vitest'
import { OPTIONS, readConfig } from './config.ts'

const secret = Keypair.random().secret()
const good = {
  RPC_URL: 'http://127.0.0.1:8000/rpc/',
  NETWORK_PASSPHRASE: 'Standalone Network ; February 2017',
  CONTRACT_ADDRESS: StrKey.encodeContract(new Uint8Array(32)),
  ORACLE_SECRET_KEY: secret,
  IPFS_URL: 'http://127.0.0.1:8080, https://gateway.example',
}

test('a complete environment becomes a frozen configuration with defaults', () => {
  const config = readConfig(good)
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 4100,
    rpcUrl: 'http://127.0.0.1:8000/rpc',
    ipfsUrls: ['http://127.0.0.1:8080', 'https://gateway.example'],
    feeMin: 0n,
    logLevel: 'info',
  })
  expect(Object.isFrozen(config)).toBe(true)
})

test('ADMIN_PRIVATE_KEY is read in place of ORACLE_SECRET_KEY, and an empty variable counts as unset', () => {
  const { ORACLE_SECRET_KEY, ...rest } = good
  expect(readConfig({ ...rest, ADMIN_PRIVATE_KEY: ORACLE_SECRET_KEY, PORT: '' })).toMatchObject({
    secretKey: secret,
    port: 4100,
  })
})

test('who pays fees of labelers, in whose challenges, and how much', () => {
  const account = Keypair.random().publicKey()
  const set = { ORACLE_SPONSOR_SECRET_KEY: secret, ORACLE_SPONSOR_MAKERS: account, ORACLE_SPONSOR_DAILY_XLM: '25' }
  expect(readConfig({ ...good, ...set })).toMatchObject({
    ...{ sponsorSecretKey: secret, sponsorMakers: [account], sponsorDailyXlm: 25 },
  })
  expect(readConfig(good)).toMatchObject({ sponsorSecretKey: undefined, sponsorMakers: [], sponsorDailyXlm: 10 })
  for (const [name, value] of [
    ['ORACLE_SPONSOR_SECRET_KEY', account],
    ['ORACLE_SPONSOR_MAKERS', `${account},C1`],
    ['ORACLE_SPONSOR_DAILY_XLM', '0'],
  ] as const)
    expect(() => readConfig({ ...good, [name]: value })).toThrow(name)
})

test('all problems come at once, and a wrong secret is not repeated', () => {
  const wrong = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`
  const env = {
    RPC_URL: 'ftp://x',
    ORACLE_SECRET_KEY: wrong,
    IPFS_URL: good.IPFS_URL,
    WORKERS: '0',
    ORACLE_FEE_MIN: '-1',
  }
  let message = ''
  try {
    readConfig(env)
  } catch (error) {
    message = (error as Error).message
  }
  for (const name of [
    'RPC_URL',
    'NETWORK_PASSPHRASE',
    'CONTRACT_ADDRESS',
    'ORACLE_SECRET_KEY',
    'WORKERS',
    'ORACLE_FEE_MIN',
  ])
    expect(message).toContain(`${name} `)
  expect(message).not.toContain(wrong)
})

test('the README lists the options as they are', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  // The table alone, so that the difference shows the rows to change.
  expect(
    readme
      .split(/\n{2,}/)
      .find((block) => block.startsWith('| variable'))
      ?.trimEnd(),
  ).toBe(optionsTable(OPTIONS))
})
