/** A configuration is read as a whole: every problem at once, no secret shown. */
import { expect, test } from 'vitest'
import { LEVELS } from '../log.ts'
import { commonOptions } from './common.ts'
import { optionsHelp, optionsTable } from './help.ts'
import { ConfigError, defaulted, optional, readOptions, required } from './options.ts'
import { amount, checked, httpUrl, list, oneOf, text, whole } from './parsers.ts'

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
    '| `SECRET` or `OLD_SECRET` | required (secret) | the key |',
  ])
  const help = optionsHelp(OPTIONS)
  for (const { name } of Object.values(OPTIONS)) expect(help).toContain(`  ${name}`)
  expect(help).toContain('the RPC (required)')
})
