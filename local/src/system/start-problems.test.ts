/** What a person meets who starts the system in the wrong place: each time one sentence that says what to do. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHome } from './home.ts'
import { lockHome, runningIn } from './lock.ts'
import { readStartOptions } from './options.ts'
import { choosePorts } from './ports.ts'
import { explain, StartProblem } from './problem.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'stellartrain-test-'))
const blocker = createServer()
let taken = 0

beforeAll(async () => {
  await new Promise<void>((done) => blocker.listen(0, '127.0.0.1', done))
  taken = (blocker.address() as { port: number }).port
})
afterAll(() => blocker.close())

const free = { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 }

test('a taken port is named, with the variable that changes it', async () => {
  await expect(choosePorts('127.0.0.1', { ...free, api: taken }, {})).rejects.toThrow(
    new RegExp(`${taken} \\(API_PORT\\).*API_PORT=0 npm start`),
  )
})

test('a free port is found for each 0, and a remembered one is taken again only where it is free', async () => {
  const first = await choosePorts('127.0.0.1', free, {})
  expect(new Set(Object.values(first)).size).toBe(6)
  const second = await choosePorts('127.0.0.1', free, { ...first, ipfs: taken })
  expect(second.api).toBe(first.api)
  expect(second.ipfs).not.toBe(taken)
})

test('all mistakes in the configuration are reported together', () => {
  expect(() => readStartOptions({ DAPP_PORT: 'x', API_PORT: '70000', LEDGER_INTERVAL: '0' }, '/')).toThrow(
    /DAPP_PORT=x.*\n.*API_PORT=70000.*\n.*LEDGER_INTERVAL=0/,
  )
  expect(() => readStartOptions({ DAPP_PORT: '4000' }, '/')).toThrow(/API_PORT=4000 is already used/)
})

test('a second start in the same home is refused and leaves the first alone', async () => {
  const home = folder()
  const release = await lockHome(home)
  await expect(lockHome(home)).rejects.toThrow(/already runs in/)
  expect(await runningIn(home)).toBe(process.pid)
  release()
  expect(await runningIn(home)).toBeNull()
})

test('a lock whose holder was killed does not stand in the way', async () => {
  const home = folder()
  const holder = spawn(process.execPath, [fileURLToPath(new URL('./testing/lock-holder.ts', import.meta.url)), home])
  await new Promise((done) => holder.stdout.once('data', done))
  await expect(lockHome(home)).rejects.toThrow(StartProblem)
  const gone = new Promise((done) => holder.once('exit', done))
  holder.kill('SIGKILL')
  await gone
  const release = await lockHome(home)
  release()
})

test('a home keeps its secrets and what was chosen; a damaged one is named', () => {
  const path = folder()
  const home = openHome(path)
  home.remember({ contract: 'C123' })
  const again = openHome(path)
  expect(again.secrets).toEqual(home.secrets)
  expect(again.memory.contract).toBe('C123')
  const secrets = readFileSync(join(path, 'secrets.json'))
  for (const text of ['', '{"version":', 'null', '[]', '{}']) {
    writeFileSync(join(path, 'state.json'), text)
    expect(() => openHome(path), text).toThrow(/state.json is damaged/)
  }
  home.remember({})
  for (const text of ['', 'null', '[]', '{}', String(secrets).replace('"S', '"T')]) {
    writeFileSync(join(path, 'secrets.json'), text)
    expect(() => openHome(path), text).toThrow(/secrets.json is damaged/)
  }
  rmSync(join(path, 'secrets.json'))
  expect(() => openHome(path)).toThrow(/secrets.json is missing/)
})

test('a home that is a file, or lies below one, is told', () => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  expect(() => openHome(file)).toThrow(/cannot be made: .* Set STELLARTRAIN_HOME/)
  expect(() => openHome(join(file, 'home'))).toThrow(/cannot be made: something on the way to it is not a folder/)
})

test('a full disk and a read-only home get a sentence', () => {
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' })
  expect((explain(full, '/home') as Error).message).toMatch(/full. Free some space/)
  expect((explain(Object.assign(new Error(), { code: 'EROFS' }), '/home') as Error).message).toMatch(
    /STELLARTRAIN_HOME/,
  )
  const other = new Error('other')
  expect(explain(other, '/home')).toBe(other)
})
