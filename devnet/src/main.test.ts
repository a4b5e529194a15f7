/** The command line: one sentence and exit code 2 for what it cannot take, and what it starts. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

const start = (...args: string[]) => spawn(process.execPath, [MAIN, ...args])

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = start(...args)
  const told = Promise.all([textOf(child.stdout), textOf(child.stderr)])
  const [code] = (await once(child, 'close')) as [number]
  const [out, err] = await told
  return { code, out, err }
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const part of stream.setEncoding('utf8')) text += String(part)
  return text
}

test.each([
  [['--prot', '9'], "Unknown option '--prot'"],
  [['extra'], "Unexpected argument 'extra'"],
  [['--port'], "Option '--port <value>' argument missing"],
  [['--port', '99999'], "--port must be a whole number up to 65535, not '99999'"],
  [['--settings', 'futurenet'], "--settings must be mainnet, testnet or unlimited, not 'futurenet'"],
  [['--interval', 'soon'], "--interval must be auto or between 0 and 3600 seconds, not 'soon'"],
  [['--interval', ''], "--interval must be auto or between 0 and 3600 seconds, not ''"],
  [['--seed', '-1'], "Option '--seed' argument is ambiguous"],
  [['--host', ''], 'host must not be empty'],
  [['--home', ''], 'home must not be empty'],
  [['--passphrase', ''], 'passphrase must not be empty'],
  [['--public-url', 'devnet'], 'publicUrl must be a URL'],
])('%j is refused in one sentence', async (args, sentence) => {
  const { code, out, err } = await run(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err.trimEnd().split('\n')).toHaveLength(1)
  expect(err).toContain(sentence)
})

test.each([
  [['--host', 'nowhere.invalid'], 'cannot listen on nowhere.invalid, port 0: host must be an address of this machine'],
  [['--host', '192.0.2.1'], 'cannot listen on 192.0.2.1, port 0: host must be an address of this machine'],
  [['--home', MAIN], `${MAIN} cannot be used (EEXIST): choose a folder that can be written to`],
])('%j, which this machine cannot do, is said in one sentence', async (args, sentence) => {
  const { code, out, err } = await run(...args, '--port', '0')
  expect([code, out]).toEqual([1, ''])
  expect(err.trimEnd().split('\n')).toHaveLength(1)
  expect(err).toContain(sentence)
})

test('--help and --version answer and end', async () => {
  const help = await run('--help')
  expect(help.code).toBe(0)
  for (const option of ['--port', '--home', '--public-url', '--controls', 'Standalone Network ; February 2017']) {
    expect(help.out).toContain(option)
  }
  expect(await run('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

test('a network started by it is the one that presets expect, and ends by SIGTERM', async () => {
  const child: ChildProcessWithoutNullStreams = start('--port', '0')
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getNetwork' })
  const response = await fetch(`${line.trim()}/soroban/rpc`, { method: 'POST', body })
  expect(await response.json()).toMatchObject({
    result: { passphrase: 'Standalone Network ; February 2017', friendbotUrl: `${line.trim()}/friendbot` },
  })
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})
