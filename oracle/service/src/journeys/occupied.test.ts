/** Strangers occupy what is free: every upload place of the IPFS node, every stream and reader of the oracle. Payments still arrive. */
import { connect, type Socket } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { Keypair, TransactionBuilder } from '@stellar/stellar-sdk'
import { Verdict } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import { cidFromChain, fetchCid } from '@stellartrain/ipfs-content'
import { signIn } from '@stellartrain/ipfs-content/upload'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { predictions } from './data.ts'
import { startWorld, statusOf, type World } from './world.ts'

let world: World
const open: Socket[] = []
const timers: NodeJS.Timeout[] = []
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => {
  for (const timer of timers) clearInterval(timer)
  for (const socket of open) socket.destroy()
  await world?.close()
})

/** Signs in with a key that nobody knows, and holds sixteen uploads open, a kilobyte or so a second each: not stalled, only slow. */
async function sixteenSockets(): Promise<void> {
  const stranger = Keypair.random()
  const { passphrase } = world.devnet
  const sign = async (xdr: string) => {
    const transaction = TransactionBuilder.fromXDR(xdr, passphrase)
    transaction.sign(stranger)
    return transaction.toXDR()
  }
  const account = stranger.publicKey()
  const { token } = await signIn({ url: world.ipfs.url, account, networkPassphrase: passphrase, sign })
  const { hostname, port } = new URL(world.ipfs.url)
  const hold = () => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    socket.write(
      `POST /v1/uploads HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${token}\r\ntransfer-encoding: chunked\r\n\r\n`,
    )
    // A place that is given away is taken again at once.
    socket.on('close', () => setTimeout(hold, 20))
    open.push(socket)
    timers.push(setInterval(() => socket.writable && socket.write(`4000\r\n${'x'.repeat(0x4000)}\r\n`), 1_000))
  }
  for (let count = 0; count < 16; count++) hold()
}

test('an IPFS service that takes nothing at all keeps no payment back, and the oracle says what waits and serves it', async () => {
  // Serves what the real one has, and refuses every upload and sign-in.
  const app = new Hono()
  app.get('/ipfs/*', (c) => fetch(`${world.ipfs.url}${new URL(c.req.url).pathname}${new URL(c.req.url).search}`))
  app.all('*', (c) => c.json({ code: 'busy', detail: 'Too many uploads at once.' }, 503))
  const server = await new Promise<ServerType>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening))
  })
  const { port } = server.address() as { port: number }
  const oracle = await world.oracle(undefined, { ipfsUrls: [`http://127.0.0.1:${port}`] })
  const id = await world.challenge({ oracles: [oracle.address] })
  await world.accepted(id)
  const solver = await world.person()
  await world.enter(id, solver, await world.seal(id, solver, predictions(1)), { to: [oracle.url] })
  await world.concluded(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
  const { undelivered } = await statusOf(oracle)
  // The report, and what it says of itself.
  expect(undelivered.documents).toBeGreaterThanOrEqual(2)
  const scored = (await world.events()).findLast((event) => event.type === 'scored' && event.challenge === id)
  if (scored?.type !== 'scored') throw new Error('no event')
  const report = await fetchCid(cidFromChain(scored.report), { gateways: [oracle.url], maxBytes: 1_000_000 })
  expect(JSON.parse(Buffer.from(report).toString())).toMatchObject({
    format: 'stellartrain/grade-report',
    challenge: id,
  })
  expect((await fetch(`${oracle.url}/ready`)).ok).toBe(true)
  await oracle.close()
  server.close()
})

test('readers that do not read and streams that nobody closes keep nobody out', async () => {
  const oracle = await world.oracle()
  const streams = Array.from({ length: 210 }, () =>
    fetch(`${oracle.url}/v1/queue`, { headers: { accept: 'text/event-stream' } }),
  )
  for (const answer of await Promise.all(streams)) expect(answer.status).toBe(200)
  expect((await fetch(`${oracle.url}/status`)).status).toBe(200)
  await oracle.close()
})

// Last: the strangers stay.
test('sixteen slow uploads that take every place of the IPFS node keep no payment back', async () => {
  const oracle = await world.oracle()
  const id = await world.challenge({ oracles: [oracle.address] })
  await world.accepted(id)
  const solver = await world.person()
  const file = await world.seal(id, solver, predictions(1))
  await sixteenSockets()
  const other = world.publisher(await world.person())
  let refused = false
  // Where a node gives nobody all of its places, the rest of this test is the same.
  for (let round = 0; round < 20 && !refused; round++)
    refused = await other(new Uint8Array([round])).then(
      () => false,
      () => true,
    )
  await world.enter(id, solver, file, { to: [oracle.url] })
  await world.concluded(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
  await oracle.close()
})
