/** The options are documented as they are, and the limit of requests depends on who can reach the service. */
import { readFileSync } from 'node:fs'
import { StrKey } from '@stellar/stellar-sdk/base'
import { optionsTable, readOptions } from '@stellartrain/service'
import { expect, test } from 'vitest'
import { OPTIONS, requestsPerMinute } from './config.ts'

const env = {
  DB_URL: 'postgres://postgres:hunter2@localhost/stellartrain',
  RPC_URL: 'http://127.0.0.1:8000/rpc',
  NETWORK_PASSPHRASE: 'Standalone Network ; February 2017',
  CONTRACT_ADDRESS: StrKey.encodeContract(new Uint8Array(32)),
}

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

test('requests are limited where others can reach the service', () => {
  const limit = (more: Record<string, string>) => requestsPerMinute(readOptions(OPTIONS, { ...env, ...more }))
  expect([limit({}), limit({ HOST: '0.0.0.0' }), limit({ HOST: '0.0.0.0', REQUESTS_PER_MINUTE: '0' })]).toEqual([
    ...[0, 600, 0],
  ])
})

test('a wrong database URL is not shown: it holds a password', () => {
  expect(() => readOptions(OPTIONS, { ...env, DB_URL: 'mysql://root:hunter2@localhost' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  )
})
