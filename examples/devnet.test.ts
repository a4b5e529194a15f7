/** A Stellar network inside a test: starts in milliseconds, and its clock moves when you say so. `npx vitest run examples` */
import { Asset, BASE_FEE, Keypair, Operation, rpc, TransactionBuilder } from '@stellar/stellar-sdk'
import { type Devnet, startDevnet } from '@stellartrain/devnet'
import { afterAll, beforeAll, expect, test } from 'vitest'

let net: Devnet
let server: rpc.Server
beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' }) // a ledger as soon as there is a transaction
  server = new rpc.Server(net.rpcUrl, { allowHttp: true })
})
afterAll(() => net?.close())

test('a payment arrives, and a snapshot takes it back', async () => {
  const [ana, ben] = [Keypair.random(), Keypair.random()]
  for (const key of [ana, ben]) await server.fundAddress(key.publicKey())
  const before = await net.snapshot()

  const account = await server.getAccount(ana.publicKey())
  const payment = Operation.payment({ destination: ben.publicKey(), asset: Asset.native(), amount: '12.5' })
  const tx = new TransactionBuilder(account, { fee: BASE_FEE, networkPassphrase: net.passphrase })
    .addOperation(payment)
    .setTimeout(30)
    .build()
  tx.sign(ana)
  const { hash } = await server.sendTransaction(tx)
  expect((await server.pollTransaction(hash)).status).toBe('SUCCESS')

  await net.restore(before)
  expect((await server.getTransaction(hash)).status).toBe('NOT_FOUND')
})

test('a month passes in a moment', async () => {
  const { closeTime } = net.ledger()
  await net.warp(30 * 86_400)
  expect(net.ledger().closeTime - closeTime).toBeGreaterThanOrEqual(30 * 86_400)
})
