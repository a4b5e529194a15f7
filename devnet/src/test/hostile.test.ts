/** Those who mean harm: floods, broken connections, forged and repeated transactions. The network answers them all and goes on. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Asset, Keypair, TransactionBuilder, xdr } from '@stellar/stellar-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { closeUntil, Operation, Person } from './kit.ts'

let net: Devnet
let ana: Person
let ben: Person

beforeAll(async () => {
  // Ledgers close when a test says so.
  net = await startDevnet({ interval: 3600 })
  const people = Promise.all([Person.create(net), Person.create(net)])
  await closeUntil(net, people)
  ;[ana, ben] = await people
})
afterAll(() => net.close())

async function post(body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(net.rpcUrl, { method: 'POST', body })
  return { status: response.status, text: await response.text() }
}

const payment = async (amount: string) =>
  ana.build([Operation.payment({ destination: ben.id, asset: Asset.native(), amount })])

const health = '{"jsonrpc":"2.0","id":1,"method":"getHealth"}'
const httpPost = (body: string, length = body.length) =>
  `POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${body}`

async function open(count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(net.port, '127.0.0.1'))
  for (const socket of sockets) socket.on('error', () => {})
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  return sockets
}

test('three hundred connections with thirty requests each are all answered', async () => {
  const sockets = await open(300)
  const answered = sockets.map(async (socket) => {
    let text = ''
    socket.on('data', (part: Buffer) => {
      text += part.toString()
    })
    socket.end(httpPost(health).repeat(30))
    await once(socket, 'close')
    return text.split('"status":"healthy"').length - 1
  })
  expect(await Promise.all(answered)).toEqual(sockets.map(() => 30))
})

test('connections that break off, lie about their length or speak no HTTP take nothing with them', async () => {
  const sockets = await open(120)
  sockets.forEach((socket, index) => {
    if (index % 3 === 0) socket.write(httpPost(health, 1_000_000))
    else if (index % 3 === 1) socket.write('\u0000\u0001 no protocol at all\r\n\r\n')
    else socket.write(httpPost(health).slice(0, 40))
  })
  const [quiet] = await open(1)
  expect((await post(health)).status).toBe(200)
  for (const socket of [...sockets, quiet!]) socket.destroy()
  expect((await post(health)).status).toBe(200)
})

test('JSON that is deep, wide or odd is an error of its sender', async () => {
  const deep = '['.repeat(1_000_000)
  expect(JSON.parse((await post(deep)).text)).toMatchObject({ error: { code: -32700 } })
  const closed = `{"jsonrpc":"2.0","id":1,"method":"getEvents","params":${'['.repeat(2_000)}${']'.repeat(2_000)}}`
  expect(JSON.parse((await post(closed)).text)).toMatchObject({ error: { code: -32602 } })
  const wide = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'getLedgerEntries',
    params: { keys: Array(100_000).fill('AAAA') },
  })
  expect(JSON.parse((await post(wide)).text)).toMatchObject({ error: { code: -32602 } })
  const many = JSON.stringify(Array(101).fill(JSON.parse(health)))
  expect(JSON.parse((await post(many)).text)).toMatchObject({ error: { code: -32600 } })
  const odd = [
    'null',
    '7',
    '"x"',
    '{"jsonrpc":"1.0","id":1,"method":"getHealth"}',
    '{"__proto__":{"method":"getHealth"}}',
  ]
  for (const body of odd) expect(JSON.parse((await post(body)).text)).toMatchObject({ error: { code: -32600 } })
  const methods = ['__proto__', 'toString', 'hasOwnProperty', '', 'x'.repeat(100_000)]
  for (const method of methods) {
    const { text } = await post(JSON.stringify({ jsonrpc: '2.0', id: 1, method }))
    expect(JSON.parse(text)).toMatchObject({ error: { code: -32601 } })
  }
})

test('no forged signature gets a transaction in, and none keeps the owner out', async () => {
  const before = [await ana.balance(), await ben.balance()]
  const tx = await payment('1')
  const signature = ana.key.sign(tx.hash())
  const forged = Array.from({ length: 64 }, (_, at) => {
    const bytes = Buffer.from(signature)
    bytes[at]! ^= 1 << (at % 8)
    const copy = TransactionBuilder.fromXdr(tx.toXdr(), net.passphrase)
    copy.signatures.push(new xdr.DecoratedSignature({ hint: ana.key.signatureHint(), signature: bytes }))
    return copy
  })
  const strange = TransactionBuilder.fromXdr(tx.toXdr(), net.passphrase)
  strange.sign(Keypair.random())
  for (const copy of [tx, strange, ...forged]) {
    const sent = await ana.server.sendTransaction(copy)
    expect([sent.status, sent.errorResult?.result.type]).toEqual(['ERROR', 'txBadAuth'])
  }
  await net.closeLedger()
  expect([await ana.balance(), await ben.balance()]).toEqual(before)
  expect((await ana.submit(await payment('1'))).status).toBe('SUCCESS')
})

test('a transaction sent a hundred times, before and after its ledger, pays once', async () => {
  const before = await ben.balance()
  const tx = await payment('2')
  tx.sign(ana.key)
  const send = async () => (await ana.server.sendTransaction(tx)).status
  const first = await Promise.all(Array.from({ length: 50 }, send))
  expect(first.toSorted()).toEqual([...Array(49).fill('DUPLICATE'), 'PENDING'])
  await net.closeLedger()
  const again = await Promise.all(Array.from({ length: 50 }, send))
  expect(new Set(again)).toEqual(new Set(['TRY_AGAIN_LATER']))
  for (let ledger = 0; ledger < 10; ledger++) await net.closeLedger()
  expect(new Set(await Promise.all(Array.from({ length: 50 }, send)))).toEqual(new Set(['ERROR']))
  await net.closeLedger()
  expect(await ben.balance()).toBe(before + 20_000_000n)
})
