/** A service as a process: what it prints, when it stops, and with which code. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { LEVELS } from '../log/log.ts'

const FIXTURE = fileURLToPath(new URL('run.fixture.ts', import.meta.url))
const JOB = fileURLToPath(new URL('job.fixture.ts', import.meta.url))

const start = (env: Record<string, string>, ...args: string[]) => startFile(FIXTURE, env, ...args)

function startFile(file: string, env: Record<string, string>, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [file, ...args], { env: { PORT: '0', ...env }, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function listeningUrl(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const { event, url } = JSON.parse(line)
    if (event === 'listening') return url
  }
  throw new Error('it ended before it listened')
}

async function end(child: ChildProcess): Promise<{ code: number; stdout: string; stderr: string }> {
  const text = (stream: 'stdout' | 'stderr') => Array.fromAsync(child[stream]!, String).then((all) => all.join(''))
  const [stdout, stderr, [code]] = await Promise.all([text('stdout'), text('stderr'), once(child, 'exit')])
  return { code, stdout, stderr }
}

test.each(LEVELS)('at level %s it says when it listens, and stops on SIGTERM with 0', async (level) => {
  const child = start({ LOG_LEVEL: level })
  expect((await fetch(`${await listeningUrl(child)}/health`)).status).toBe(200)
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})

test('a service that does not close is ended at its deadline with 1', async () => {
  const child = start({ HANG: 'yes' })
  await listeningUrl(child)
  const exit = once(child, 'exit')
  child.kill('SIGINT')
  expect(await exit).toEqual([1, null])
})

test('wrong options end it with 2, every problem on stderr and nothing on stdout', async () => {
  const { code, stdout, stderr } = await end(start({ PORT: 'x', LOG_LEVEL: 'loud' }))
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('PORT must be')
  expect(stderr).toContain('LOG_LEVEL must be')
})

test('--help lists the options without starting anything', async () => {
  const { code, stdout } = await end(start({ PORT: 'x' }, '--help'))
  expect(code).toBe(0)
  expect(stdout).toContain('A service for tests.')
  expect(stdout).toContain('LOG_LEVEL')
})

test.each([
  [FIXTURE, '--bogus', 'There is no option --bogus'],
  [FIXTURE, 'extra', 'There is one argument too many: "extra"'],
  [JOB, '--bogus', 'There is no option --bogus'],
])('%s refuses %s, which would change nothing', async (file, argument, sentence) => {
  const { code, stdout, stderr } = await end(startFile(file, { CODE: '0' }, argument))
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toBe(`${sentence}. fixture is set up by variables; --help lists them.\n`)
})

/** As under `| head -1`: the reader is gone before everything is written. */
async function endUnread(child: ChildProcess): Promise<{ code: number; stderr: string }> {
  child.stdout!.destroy()
  const [stderr, [code]] = await Promise.all([
    Array.fromAsync(child.stderr!, String).then((all) => all.join('')),
    once(child, 'exit'),
  ])
  return { code, stderr }
}

test('--help whose reader left ends quietly with 0', async () => {
  expect(await endUnread(start({}, '--help'))).toEqual({ code: 0, stderr: '' })
})

test.each([0, 1])('a job whose reader left ends quietly with its own code, %i', async (code) => {
  expect(await endUnread(startFile(JOB, { CODE: String(code) }))).toEqual({ code, stderr: '' })
})

test.skipIf(!existsSync('/dev/full'))('a job whose result found no room on the disk does not end with 0', async () => {
  const full = openSync('/dev/full', 'w')
  onTestFinished(() => closeSync(full))
  const child = spawn(process.execPath, [JOB], { env: { CODE: '0' }, stdio: ['ignore', full, 'pipe'] })
  const [stderr, [code]] = await Promise.all([
    Array.fromAsync(child.stderr!, String).then((all) => all.join('')),
    once(child, 'exit'),
  ])
  expect(code).toBe(1)
  expect(stderr).toContain('no space left')
})
