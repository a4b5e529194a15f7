/** The process: configuration, kill -9 at any moment, a full disk, a clean stop. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { fetchCid } from '@stellartrain/content/fetch'
import { computeCid } from '@stellartrain/content/import'
import { upload } from '@stellartrain/content/upload'
import { describe, expect, it, onTestFinished } from 'vitest'
import { blockFiles, bytesOf, PASSPHRASE, signedIn, temporaryHome } from './harness.ts'
import { startIpfs } from './start.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

function run(env: Record<string, string>, wrap: (command: string[]) => string[] = (command) => command): ChildProcess {
  const [command, ...args] = wrap([process.execPath, main])
  const child = spawn(command!, args, { env: { PATH: process.env.PATH ?? '', ...env }, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function ready(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const { event, url } = JSON.parse(line) as { event: string; url: string }
    if (event === 'ready') {
      child.stdout!.resume()
      return url
    }
  }
  throw new Error(`the service did not start: ${await text(child)}`)
}

async function text(child: ChildProcess): Promise<string> {
  return (await Array.fromAsync(child.stderr!, String)).join('')
}

const environment = (home: string) => ({
  PORT: '0',
  IPFS_HOME: home,
  NETWORK_PASSPHRASE: PASSPHRASE,
  LOG_LEVEL: 'warn',
})

describe('configuration', () => {
  it('names every problem at once and shows no secret', async () => {
    const child = run({ PORT: '99999', SECRET_KEY: 'hunter2', HOME_DOMAIN: 'http://x', IPFS_MAX_UPLOAD_BYTES: '1e6' })
    const [problems, [code]] = await Promise.all([text(child), once(child, 'exit')])
    expect(code).toBe(2)
    for (const name of ['PORT', 'SECRET_KEY', 'HOME_DOMAIN', 'IPFS_MAX_UPLOAD_BYTES', 'NETWORK_PASSPHRASE']) {
      expect(problems).toContain(name)
    }
    expect(problems).not.toContain('hunter2')
  })

  it('of a home that is in use says so', async () => {
    const home = await temporaryHome()
    await ready(run(environment(home)))
    const second = run(environment(home))
    const [problem, [code]] = await Promise.all([text(second), once(second, 'exit')])
    expect([code, problem]).toEqual([1, expect.stringContaining('Another process is using it')])
  })
})

describe('a clean stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('on %s ends with code 0', async (signal) => {
    const child = run(environment(await temporaryHome()))
    await ready(child)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

describe('its output', () => {
  it('is JSON lines and nothing else, whatever clients do', async () => {
    const home = await temporaryHome()
    const child = run({ ...environment(home), LOG_LEVEL: 'debug' })
    const output: string[] = []
    child.stdout!.on('data', (chunk) => output.push(String(chunk)))
    child.stderr!.on('data', (chunk) => output.push(String(chunk)))
    const url = await ready(child)
    const token = await signedIn(url)
    const { cid } = await upload({ url, token, bytes: bytesOf(8_000_000, 41) })
    const leave = new AbortController()
    const left = await fetch(`${url}/ipfs/${cid}`, { signal: leave.signal })
    await left.body!.getReader().read()
    leave.abort()
    const stop = new AbortController()
    const bytes = bytesOf(4_000_000, 42)
    await upload({ url, token, bytes, signal: stop.signal, onProgress: () => stop.abort() }).catch(() => {})
    for (const file of (await blockFiles(home)).slice(0, 6)) await truncate(file, 10)
    await fetch(`${url}/ipfs/${cid}`).then(
      (r) => r.arrayBuffer().catch(() => {}),
      () => {},
    )
    child.kill('SIGTERM')
    await once(child, 'exit')
    const lines = output.join('').trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toContain('ready')
    expect(output.join('')).not.toContain(token)
  })
})

describe('kill -9', () => {
  it.each([1, 3, 5, 7])(
    'while uploads arrive (seed %i) loses nothing confirmed and serves nothing torn',
    async (seed) => {
      const home = await temporaryHome()
      const child = run(environment(home))
      const url = await ready(child)
      const token = await signedIn(url)
      const files = Array.from({ length: 6 }, (_, i) => bytesOf(1_200_000 + 700_000 * i, seed * 100 + i))
      const confirmed = new Set<string>()
      const uploads = files.map(async (bytes) => confirmed.add((await upload({ url, token, bytes })).cid))
      // Somewhere between the first block written and the last pin.
      await untilBlocks(home, seed * 3, Promise.allSettled(uploads))
      child.kill('SIGKILL')
      await once(child, 'exit')
      await Promise.allSettled(uploads)

      const after = await startIpfs({ home, networkPassphrase: PASSPHRASE })
      onTestFinished(after.close)
      expect(await readdir(join(home, 'incoming'))).toEqual([])
      for (const bytes of files) {
        const cid = await computeCid(bytes)
        const found = await fetchCid(cid, { gateways: [after.url], maxBytes: 1e7 }).catch(
          (error: { code: string }) => error.code,
        )
        const outcome = typeof found === 'string' ? found : Buffer.compare(found, bytes)
        expect(outcome).toBeOneOf(confirmed.has(cid) ? [0] : ['not_found', 0])
      }
      // What was not confirmed can be sent again.
      const again = await signedIn(after.url)
      for (const bytes of files) await upload({ url: after.url, token: again, bytes })
    },
  )
})

async function untilBlocks(home: string, count: number, done: Promise<unknown>): Promise<void> {
  let over = false
  done.then(() => {
    over = true
  })
  while (!over && (await blockFiles(home).catch(() => [])).length < count) await setTimeout(1)
}

/** A file system of 3 MB that only this process sees; needs user namespaces, which some containers forbid. */
const small = (home: string) => (command: string[]) => [
  'unshare',
  '-rm',
  'sh',
  '-c',
  `mount -t tmpfs -o size=3m none '${home}' && exec "$@"`,
  'sh',
  ...command,
]
const canMount = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /tmp']).status === 0

describe('a full disk', () => {
  it.runIf(canMount)('refuses what does not fit, keeps what is there, and goes on', async () => {
    const home = await temporaryHome()
    const child = run(environment(home), small(home))
    const url = await ready(child)
    const token = await signedIn(url)
    const kept = bytesOf(300_000, 31)
    const { cid } = await upload({ url, token, bytes: kept })
    for (const size of [1_500_000, 5_000_000]) {
      // The first fits as it arrives but not beside its blocks; the second does not even arrive.
      const refused = upload({ url, token, bytes: bytesOf(size, 32) })
      await expect(refused).rejects.toMatchObject({ code: 'disk_full', retryable: true })
    }
    expect(Buffer.compare(await fetchCid(cid, { gateways: [url], maxBytes: 1e6 }), kept)).toBe(0)
    await upload({ url, token, bytes: bytesOf(300_000, 33) })
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ ready: true })
  })
})
