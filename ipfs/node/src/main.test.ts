/** The process: configuration, a clean stop, kill -9 at any moment, a full disk. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startFixture } from '@stellartrain/contracts-client/testing'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { upload } from '@stellartrain/ipfs-content/upload'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { nameFile, pack, put } from './chain-harness.ts'
import { blockFiles, bytesOf, PASSPHRASE, service, signedIn, temporaryHome } from './harness.ts'

const SOURCE = fileURLToPath(new URL('main.ts', import.meta.url))
/** The service as one file, which starts in a fifth of the time. */
const main = () => {
  const folder = inject('builtServices')
  return folder ? join(folder, 'ipfs.js') : SOURCE
}

function run(env: Record<string, string>, wrap: (command: string[]) => string[] = (command) => command): ChildProcess {
  const [command, ...args] = wrap([process.execPath, '--conditions=stellartrain-source', main()])
  const child = spawn(command!, args, { env: { PATH: process.env.PATH ?? '', ...env }, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function ready(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const { event, url } = JSON.parse(line) as { event: string; url: string }
    if (event === 'listening') {
      child.stdout!.resume()
      return url
    }
  }
  throw new Error(`the service did not start: ${await text(child)}`)
}

/** Sends the signal and resolves to the exit code and the signal that ended it. */
async function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown[]> {
  const exit = once(child, 'exit')
  child.kill(signal)
  return exit
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

describe('a service that cannot start', () => {
  it('names every problem of its configuration at once and shows no secret', async () => {
    const wrong = {
      PORT: '99999',
      SECRET_KEY: 'hunter2',
      HOME_DOMAIN: 'http://x',
      IPFS_MAX_UPLOAD_BYTES: '1e6',
      IPFS_MAX_ACCOUNT_BYTES: '-1',
      IPFS_KUBO_URL: 'http://user:hunter2@kubo:5001',
    }
    const child = run(wrong)
    const [problems, [code]] = await Promise.all([text(child), once(child, 'exit')])
    expect(code).toBe(2)
    for (const name of [...Object.keys(wrong), 'NETWORK_PASSPHRASE']) expect(problems).toContain(name)
    expect(problems).not.toContain('hunter2')
  })

  it('because another has its home says so; that one stops on SIGINT with code 0', async () => {
    const home = await temporaryHome()
    const first = run(environment(home))
    await ready(first)
    const second = run(environment(home))
    const [problem, [code]] = await Promise.all([text(second), once(second, 'exit')])
    expect([code, problem]).toEqual([1, expect.stringContaining('Another process is using it')])
    expect(await stopped(first, 'SIGINT')).toEqual([0, null])
  })
})

describe('its output', () => {
  it('is JSON lines and nothing else, whatever clients do, up to a clean stop on SIGTERM', async () => {
    const home = await temporaryHome()
    const child = run({ ...environment(home), LOG_LEVEL: 'debug' })
    const output: string[] = []
    child.stdout!.on('data', (chunk) => output.push(String(chunk)))
    child.stderr!.on('data', (chunk) => output.push(String(chunk)))
    const url = await ready(child)
    const token = await signedIn(url)
    const { cid } = await upload({ url, token, bytes: bytesOf(6_000_000, 41) })
    const leave = new AbortController()
    const left = await fetch(`${url}/ipfs/${cid}`, { signal: leave.signal })
    await left.body!.getReader().read()
    leave.abort()
    const stop = new AbortController()
    const bytes = bytesOf(3_000_000, 42)
    await upload({ url, token, bytes, signal: stop.signal, onProgress: () => stop.abort() }).catch(() => {})
    for (const file of (await blockFiles(home)).slice(0, 4)) await truncate(file, 10)
    await fetch(`${url}/ipfs/${cid}`).then(
      (r) => r.arrayBuffer().catch(() => {}),
      () => {},
    )
    expect(await stopped(child, 'SIGTERM')).toEqual([0, null])
    const lines = output.join('').trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toContain('listening')
    expect(output.join('')).not.toContain(token)
  })
})

describe('kill -9', () => {
  it('while uploads arrive loses nothing confirmed and serves nothing torn, wherever it strikes', async () => {
    const moments = [2, 9, 16]
    const start = async () => {
      const home = await temporaryHome()
      const child = run(environment(home))
      return { home, child, url: await ready(child) }
    }
    let next = start()
    for (const [round, moment] of moments.entries()) {
      const { home, child, url } = await next
      const token = await signedIn(url)
      const files = Array.from({ length: 6 }, (_, i) => bytesOf(700_000 + 500_000 * i, 100 * round + i))
      const cids = await Promise.all(files.map((bytes) => computeCid(bytes)))
      const confirmed = new Set<string>()
      const uploads = files.map(async (bytes) => confirmed.add((await upload({ url, token, bytes })).cid))
      // Somewhere between the first block written and the last pin.
      await untilBlocks(home, moment, Promise.allSettled(uploads))
      await stopped(child, 'SIGKILL')
      // The next one starts while this one is looked at.
      if (round + 1 < moments.length) next = start()
      await Promise.allSettled(uploads)

      const after = await service({ home })
      expect(await readdir(join(home, 'incoming'))).toEqual([])
      const again = await signedIn(after.url)
      for (const [i, bytes] of files.entries()) {
        const cid = cids[i]!
        const found = await fetchCid(cid, { gateways: [after.url], maxBytes: 1e7 }).catch(
          (error: { code: string }) => error.code,
        )
        const outcome = typeof found === 'string' ? found : Buffer.compare(found, bytes)
        expect(outcome, `killed at block ${moment}`).toBeOneOf(confirmed.has(cid) ? [0] : ['not_found', 0])
        // What was not confirmed can be sent again.
        if (!confirmed.has(cid)) expect((await upload({ url: after.url, token: again, bytes })).cid).toBe(cid)
      }
      await after.close()
    }
  })
})

/** Resolves once that many blocks are there, or all is done. */
async function untilBlocks(home: string, count: number, done: Promise<unknown>): Promise<void> {
  let over = false
  done.then(() => {
    over = true
  })
  while (!over && (await blockFiles(home).catch(() => [])).length < count) await setTimeout(1)
}

/** A small file system that only this process sees; needs user namespaces, which some containers forbid. */
const small =
  (home: string, size = '3m') =>
  (command: string[]) => [
    'unshare',
    '-rm',
    'sh',
    '-c',
    `mount -t tmpfs -o size=${size} none '${home}' && exec "$@"`,
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
    for (const size of [3_000_000, 5_000_000]) {
      // The first has no room for its last block, the second not for half of them.
      const refused = upload({ url, token, bytes: bytesOf(size, 32) })
      await expect(refused).rejects.toMatchObject({ code: 'disk_full', retryable: true })
    }
    expect(Buffer.compare(await fetchCid(cid, { gateways: [url], maxBytes: 1e6 }), kept)).toBe(0)
    await upload({ url, token, bytes: bytesOf(300_000, 33) })
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ ready: true, reasons: [] })
  })

  it.runIf(canMount)(
    'of strangers leaves the last part to what a payment needs',
    async () => {
      const net = await startFixture()
      onTestFinished(() => net.close())
      const home = await temporaryHome()
      const chain = { RPC_URL: net.net.rpcUrl, CONTRACT_ADDRESS: net.chain.network.contract }
      const child = run({ ...environment(home), ...chain, IPFS_RESERVE_BYTES: '2000000' }, small(home, '8m'))
      const url = await ready(child)
      const refusals: unknown[] = []
      // Fresh keys cost nothing.
      for (let seed = 40; seed < 52; seed++) {
        const sent = upload({ url, token: await signedIn(url), bytes: bytesOf(1_000_000, seed) })
        await sent.catch((error: { code: string }) => refusals.push(error.code))
      }
      expect(new Set(refusals)).toEqual(new Set(['disk_full']))
      const [maker] = await net.people(1)
      const file = await pack(bytesOf(500_000, 39))
      await nameFile(net, await net.challenge(maker!, [await net.oracle()]), file)
      expect((await put({ url }, file.cid, file.pieces)).status).toBe(201)
      expect(Buffer.compare(await fetchCid(file.cid, { gateways: [url], maxBytes: 1e6 }), bytesOf(500_000, 39))).toBe(0)
    },
    120_000,
  )
})
