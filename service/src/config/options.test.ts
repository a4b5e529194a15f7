/** A configuration is read as a whole: every problem at once, no secret shown. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { LEVELS } from '../log/log.ts'
import { commonOptions } from './common.ts'
import { optionsHelp, optionsTable } from './help.ts'
import { ConfigError, defaulted, optional, readOptions, required } from './options.ts'
import { amount, checked, httpUrl, list, oneOf, secretHex, text, whole } from './parsers.ts'

const OPTIONS = {
  rpcUrl: required('RPC_URL', httpUrl, 'the RPC'),
  key: required(
    'SECRET',
    checked((value) => value.startsWith('S'), 'must begin with S'),
    'the key',
    {
      aliases: ['OLD_SECRET'],
      secret: true,
    },
  ),
  ...commonOptions(4000),
  fee: defaulted('FEE', amount('must be a whole number'), 0n, 'the fee'),
  hosts: optional('HOSTS', list(text, { max: 2 }), 'hosts', { shown: 'none' }),
}

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readOptions(OPTIONS, env)
    return []
  } catch (error) {
    return (error as ConfigError).problems
  }
}

test('a complete environment becomes a frozen configuration with defaults', () => {
  const config = readOptions(OPTIONS, { RPC_URL: 'http://rpc/', SECRET: 'S1', HOSTS: 'a, b', PORT: '' })
  expect(config).toEqual({
    ...{ rpcUrl: 'http://rpc', key: 'S1', host: '127.0.0.1', port: 4000, logLevel: 'info', fee: 0n, hosts: ['a', 'b'] },
  })
  expect(Object.isFrozen(config)).toBe(true)
})

test('an alias is read when the variable is not set', () => {
  expect(readOptions(OPTIONS, { RPC_URL: 'http://rpc', OLD_SECRET: 'S2', SECRET: '' }).key).toBe('S2')
})

test('all problems come at once, by the name of the variable, without the value of a secret', () => {
  const env = { OLD_SECRET: 'hunter2', PORT: '99999', LOG_LEVEL: 'verbose', FEE: '-1', HOSTS: 'a,b,c' }
  expect(problemsOf(env)).toEqual([
    'RPC_URL is required: the RPC',
    'OLD_SECRET must begin with S (its value is not shown)',
    'PORT must be a whole number from 0 to 65535',
    'LOG_LEVEL must be one of silent, error, warn, info, debug',
    'FEE must be a whole number',
    'HOSTS must have at most 2 values, separated by commas',
  ])
  expect(new ConfigError(problemsOf(env)).message).not.toContain('hunter2')
})

test.each(LEVELS)('the log level %s is taken', (level) => {
  expect(oneOf(LEVELS)(level)).toBe(level)
})

test.each(['1.5', '1e3', '-1', ' 1', '0x10', '9999999999999999'])('%s is not a whole number', (value) => {
  expect(() => whole(0, 1e15)(value)).toThrow('must be a whole number')
})

test.each(['ftp://x', 'rpc', '//x', 'javascript:1'])('%s is not an http URL', (value) => {
  expect(() => httpUrl(value)).toThrow('must be an http or https URL')
})

test('the table for a README and the lines of --help name every option', () => {
  expect(optionsTable(OPTIONS).split('\n').slice(0, 4)).toEqual([
    '| variable | default | sets |',
    '| --- | --- | --- |',
    '| `RPC_URL` | required | the RPC |',
    '| `SECRET` or `SECRET_FILE` or `OLD_SECRET` or `OLD_SECRET_FILE` | required (secret) | the key |',
  ])
  const help = optionsHelp(OPTIONS)
  for (const { name } of Object.values(OPTIONS)) expect(help).toContain(`  ${name}`)
  expect(help).toContain('the RPC (required)')
})

/** Removed when the test ends. */
function fileOf(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-service-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'secret')
  writeFileSync(file, content)
  return file
}

test.each(['S3', 'S3\n', 'S3\r\n'])('a secret may stand in a file, %j', (content) => {
  const file = fileOf(content)
  expect(readOptions(OPTIONS, { RPC_URL: 'http://rpc', SECRET_FILE: file }).key).toBe('S3')
  expect(readOptions(OPTIONS, { RPC_URL: 'http://rpc', SECRET: '', OLD_SECRET_FILE: file }).key).toBe('S3')
  // Its own name first, however it is given.
  expect(readOptions(OPTIONS, { RPC_URL: 'http://rpc', SECRET_FILE: file, OLD_SECRET: 'S4' }).key).toBe('S3')
})

test.each<[string, () => Record<string, string>, string]>([
  ['is empty', () => ({ SECRET_FILE: fileOf('\n') }), 'SECRET_FILE names an empty file'],
  ['is of another shape', () => ({ SECRET_FILE: fileOf('hunter2') }), 'SECRET_FILE must begin with S'],
  ['is not there', () => ({ SECRET_FILE: '/no/hunter2' }), 'SECRET_FILE names a file that cannot be read (ENOENT)'],
  [
    'is too large',
    () => ({ SECRET_FILE: fileOf('S'.repeat(70_000)) }),
    'SECRET_FILE names a file of more than 65536 bytes',
  ],
  [
    'is one of two',
    () => ({ SECRET_FILE: fileOf('S1'), SECRET: 'S1' }),
    'SECRET and SECRET_FILE are both set: set one of them',
  ],
])('a file of a secret that %s is a problem', (_what, env, problem) => {
  const [said] = problemsOf({ RPC_URL: 'http://rpc', ...env() })
  expect(said).toBe(`${problem} (its value is not shown)`)
})

test('a value that is no secret is read from no file', () => {
  expect(problemsOf({ RPC_URL_FILE: fileOf('http://rpc'), SECRET: 'S1' })).toEqual(['RPC_URL is required: the RPC'])
})

test.each(['', 'hunter2', 'a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64), '00'.repeat(32), 'ab'.repeat(32)])(
  '%j is no secret of 32 bytes',
  (value) => {
    expect(() => secretHex(value)).toThrow(/^must be (32 bytes in hexadecimal|random)/)
  },
)

test('32 bytes in hexadecimal are one secret in either case', () => {
  const value = `${'0123456789ABCDEF'.repeat(3)}0011223344556677`
  expect(secretHex(value)).toBe(value.toLowerCase())
})
