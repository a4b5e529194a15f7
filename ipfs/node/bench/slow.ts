/**
 * `npm run bench:slow -w @stellartrain/ipfs-node`: CLIENTS (1000) slow clients from as many addresses, half of which bring a file that the
 * ledger names at 20 KiB a second and come again when they are ended, half of which read a large file at a trickle, for SECONDS (60).
 * Beside them a solver hands over a file of 200 kB twice a second: how long that takes, and the most memory of the service.
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
const bytesOf = (size: number) => new Uint8Array(randomBytes(size))

const net = await startFixture()
const home = await mkdtemp(join(tmpdir(), 'ipfs-slow-'))
const chain = { RPC_URL: net.net.rpcUrl, CONTRACT_ADDRESS: net.chain.network.contract }
const service = await startProcess(home, { ...chain, PROXIES: '1' })
let over = false
let cut = 0
try {
  const large = await upload({ url: service.url, token: await service.signIn(), bytes: bytesOf(30 * MIB) })
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
  const took: number[] = []
  const refused: number[] = []
  for (let turn = 0; turn < 2 * seconds; turn++) {
    const file = own[turn % own.length]!
    const start = performance.now()
    // An answer that comes before the whole file was sent ends the connection.
    const answer = await fetch(`${service.url}/v1/content/${file.cid}`, {
      method: 'PUT',
      headers: { 'x-forwarded-for': `198.51.100.${turn % 250}`, 'content-type': CAR_MEDIA_TYPE },
      body: Buffer.concat(file.pieces),
    }).catch(() => undefined)
    await answer?.arrayBuffer().catch(() => {})
    if (answer && answer.status < 300) took.push(performance.now() - start)
    else refused.push(answer?.status ?? 0)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  took.sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN)
  const memory = Math.round(service.peakMemory() / MIB)
  const figures = { clients, seconds, stored: took.length, refused: refused.length, cut }
  console.log(JSON.stringify({ ...figures, p50ms: at(0.5), p99ms: at(0.99), peakMemoryMB: memory }))
  if (refused.length > took.length / 10) process.exitCode = 1
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
