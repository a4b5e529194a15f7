/**
 * `npm run bench:slow -w @stellartrain/ipfs-node`: CLIENTS (1000) slow clients from as many addresses, half of which bring a file that the
 * ledger names at 20 KiB a second and come again when they are ended, half of which read a large file at a trickle, for SECONDS (60).
 * Beside them, twice a second, a solver hands over a file of 200 kB, and somebody reads one as large and one of 3 MiB: how long that takes,
 * how often it was refused, and the most memory of the service.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFixture } from '@stellartrain/contracts-client/testing'
import { CAR_MEDIA_TYPE } from '@stellartrain/ipfs-content/car'
import { upload } from '@stellartrain/ipfs-content/upload'
import { nameFile, pack } from '../src/chain-harness.ts'
import { startProcess } from './process.ts'

const clients = Number(process.env.CLIENTS ?? 1000)
const seconds = Number(process.env.SECONDS ?? 60)
const MIB = 1_048_576
/** What docker-compose.yml gives the service. */
const MOST_MB = 768
const bytesOf = (size: number) => new Uint8Array(randomBytes(size))

/** How requests of one kind ended. */
function outcomes() {
  const took: number[] = []
  let refused = 0
  const at = (share: number) =>
    Math.round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN)
  return {
    async of(url: string, init: RequestInit): Promise<void> {
      const start = performance.now()
      try {
        // An answer that comes before the whole file was sent ends the connection.
        const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(60_000) })
        await answer.arrayBuffer()
        if (!answer.ok) refused++
        else took.push(performance.now() - start)
      } catch {
        refused++
      }
    },
    figures() {
      took.sort((a, b) => a - b)
      return { done: took.length, refused, p50ms: at(0.5), p99ms: at(0.99) }
    },
    tooManyRefused: () => refused > took.length / 10,
  }
}

const net = await startFixture()
const home = await mkdtemp(join(tmpdir(), 'ipfs-slow-'))
const chain = { RPC_URL: net.net.rpcUrl, CONTRACT_ADDRESS: net.chain.network.contract }
const service = await startProcess(home, { ...chain, PROXIES: '1' })
let over = false
let cut = 0
try {
  const large = await upload({ url: service.url, token: await service.signIn(), bytes: bytesOf(30 * MIB) })
  const token = await service.signIn()
  const honest = {
    small: await upload({ url: service.url, token, bytes: bytesOf(200_000) }),
    large: await upload({ url: service.url, token, bytes: bytesOf(3 * MIB) }),
  }
  const [maker] = await net.people(1)
  const challenge = await net.challenge(maker!, [await net.oracle()])
  const held = await pack(bytesOf(30 * MIB))
  await nameFile(net, challenge, held)
  const own = await Promise.all(Array.from({ length: 4 }, () => pack(bytesOf(200_000))))
  const solvers = await net.people(own.length)
  for (const [i, file] of own.entries()) await nameFile(net, challenge, file, solvers[i])
  const archive = Buffer.concat(held.pieces)
  console.error(`ready: ${clients} slow clients now`)

  function bring(address: string): void {
    if (over) return
    const headers = { 'x-forwarded-for': address, 'content-type': CAR_MEDIA_TYPE }
    const sending = request(`${service.url}/v1/content/${held.cid}`, { method: 'PUT', headers })
    let at = 0
    const timer = setInterval(() => {
      sending.write(archive.subarray(at, at + 10_240))
      at += 10_240
    }, 500)
    const again = () => {
      clearInterval(timer)
      cut++
      setTimeout(() => bring(address), 1_000)
    }
    sending.once('error', () => {})
    sending.once('response', (response) => response.resume())
    sending.once('close', again)
  }

  function take(address: string): void {
    if (over) return
    const reading = request(`${service.url}/ipfs/${large.cid}`, { headers: { 'x-forwarded-for': address } })
    reading.once('response', (response) => {
      const timer = setInterval(() => response.read(4_096), 500)
      response.once('close', () => clearInterval(timer))
    })
    reading.once('error', () => {})
    reading.once('close', () => setTimeout(() => take(address), 1_000))
    reading.end()
  }

  for (let i = 0; i < clients; i++) {
    const address = `10.${1 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`
    if (i % 2 === 0) bring(address)
    else take(address)
  }
  const stored = outcomes()
  const read = { small: outcomes(), large: outcomes() }
  for (let turn = 0; turn < 2 * seconds; turn++) {
    const file = own[turn % own.length]!
    const headers = { 'x-forwarded-for': `198.51.100.${turn % 250}` }
    const body = Buffer.concat(file.pieces)
    await Promise.all([
      stored.of(`${service.url}/v1/content/${file.cid}`, {
        method: 'PUT',
        headers: { ...headers, 'content-type': CAR_MEDIA_TYPE },
        body,
      }),
      read.small.of(`${service.url}/ipfs/${honest.small.cid}`, { headers }),
      read.large.of(`${service.url}/ipfs/${honest.large.cid}`, { headers }),
    ])
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const memory = Math.round(service.peakMemory() / MIB)
  const figures = { stored: stored.figures(), readSmall: read.small.figures(), readLarge: read.large.figures() }
  console.log(JSON.stringify({ clients, seconds, cut, ...figures, peakMemoryMB: memory }))
  if (stored.tooManyRefused() || read.small.tooManyRefused() || memory > MOST_MB) process.exitCode = 1
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  over = true
  await service.stop()
  await net.close()
  await rm(home, { recursive: true, force: true })
  process.exit()
}
