/** Who may do what: signatures, sequence numbers, fees, thresholds, fee bumps, authorization of contract calls. */
import {
  Asset,
  authorizeEntry,
  type Contract,
  type FeeBumpTransaction,
  SorobanDataBuilder,
  type Transaction,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import {
  Account,
  address,
  hash,
  i128,
  Keypair,
  Operation,
  Person,
  Refused,
  resultCode,
  sorobanData,
  symbol,
  u32,
} from './kit.ts'

let net: Devnet
let ana: Person
let ben: Person
let probe: Contract
let native: Contract

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ana = await Person.create(net)
  ben = await Person.create(net)
  probe = await ana.deployProbe()
  native = await ana.wrap(Asset.native())
})
afterAll(() => net.close())

const pay = (amount = '1') => Operation.payment({ destination: ben.id, asset: Asset.native(), amount })

async function refusal(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  )
}

describe('envelopes', () => {
  test('without a signature, or with a wrong or spare one, nothing is taken', async () => {
    const build = () => ana.build([pay()])
    expect(await refusal(ana.submit(await build(), []))).toBe('txBadAuth')
    expect(await refusal(ana.submit(await build(), [ben.key]))).toBe('txBadAuth')
    expect(await refusal(ana.submit(await build(), [ana.key, ben.key]))).toBe('txBadAuthExtra')
    const other = new Person({ ...net, passphrase: 'another network' }, ana.key)
    expect(await refusal(ana.submit(await other.build([pay()])))).toBe('txBadAuth')
  })

  test('a sequence number is used once, in order, whether or not the transaction succeeds', async () => {
    const { sequence } = { sequence: (await ana.server.getAccount(ana.id)).sequenceNumber() }
    const at = (offset: bigint) =>
      ana.build([pay()], { account: new Account(ana.id, String(BigInt(sequence) + offset)) })
    expect(await refusal(ana.submit(await at(1n)))).toBe('txBadSeq')
    expect(await refusal(ana.submit(await at(-1n)))).toBe('txBadSeq')
    const failed = await ana.submit(await ana.build([pay('99999999')], { account: new Account(ana.id, sequence) }))
    expect(resultCode(failed.resultXdr)).toBe('paymentUnderfunded')
    expect((await ana.server.getAccount(ana.id)).sequenceNumber()).toBe(String(BigInt(sequence) + 1n))
  })

  test('a fee below 100 stroops an operation is not enough, and a poor account cannot pay one', async () => {
    expect(await refusal(ana.submit(await ana.build([pay(), pay()], { fee: '99' })))).toBe('txInsufficientFee')
    const poor = Keypair.random()
    await ana.send(Operation.createAccount({ destination: poor.publicKey(), startingBalance: '1' }))
    expect(await refusal(new Person(net, poor).send(pay()))).toBe('txInsufficientBalance')
    expect(
      await refusal(
        new Person(net).submit(
          await new Person(net).build([pay()], { account: new Account(Keypair.random().publicKey(), '1') }),
        ),
      ),
    ).toBe('txNoAccount')
  })

  test('the base fee is charged, not the bid', async () => {
    const before = await ana.balance()
    const done = await ana.send(pay('2'), pay('3'))
    expect(done.resultXdr.feeCharged).toBe(200n)
    expect(await ana.balance()).toBe(before - 50_000_000n - 200n)
  })

  test('time bounds are held', async () => {
    const builder = (min: number, max: number) =>
      ana.server.getAccount(ana.id).then((account) =>
        new TransactionBuilder(account, {
          fee: '100',
          networkPassphrase: net.passphrase,
          timebounds: { minTime: min, maxTime: max },
        })
          .addOperation(pay())
          .build(),
      )
    const now = Math.floor(Date.now() / 1000)
    expect(await refusal(ana.submit(await builder(now + 1_000, 0)))).toBe('txTooEarly')
    expect(await refusal(ana.submit(await builder(0, now - 1_000)))).toBe('txTooLate')
  })

  test('ledger bounds, a minimal sequence number and extra signers are held', async () => {
    const extra = Keypair.random()
    const build = async (change: (builder: TransactionBuilder) => void, skip = 0n) => {
      const account = await ana.server.getAccount(ana.id)
      const from = new Account(ana.id, String(BigInt(account.sequenceNumber()) + skip))
      const builder = new TransactionBuilder(from, { fee: '100', networkPassphrase: net.passphrase })
      change(builder.addOperation(pay()).setTimeout(300))
      return builder.build()
    }
    const { sequence } = net.ledger()
    expect(await refusal(ana.submit(await build((tx) => tx.setLedgerbounds(sequence + 50, 0))))).toBe('txTooEarly')
    expect(await refusal(ana.submit(await build((tx) => tx.setLedgerbounds(0, sequence))))).toBe('txTooLate')
    const current = (await ana.server.getAccount(ana.id)).sequenceNumber()
    expect(await refusal(ana.submit(await build(() => {}, 5n)))).toBe('txBadSeq')
    const jump = await build((tx) => tx.setMinAccountSequence(current), 5n)
    expect((await ana.submit(jump)).status).toBe('SUCCESS')
    const signed = (keys: Keypair[]) =>
      build((tx) => tx.setExtraSigners([extra.publicKey()])).then((tx) => ana.submit(tx, keys))
    expect(await refusal(signed([ana.key]))).toBe('txBadAuth')
    expect((await signed([ana.key, extra])).status).toBe('SUCCESS')
    const hurried = await build((tx) => tx.setMinAccountSequenceLedgerGap(1_000))
    expect(await refusal(ana.submit(hurried))).toBe('txBadMinSeqAgeOrGap')
  })

  test('a transaction agreed to in advance, and a secret, are signatures too', async () => {
    const shared = await Person.create(net)
    const secret = Buffer.from('open sesame')
    await shared.send(Operation.setOptions({ signer: { sha256Hash: hash(secret), weight: 1 } }))
    const opened = await shared.build([pay()])
    opened.signHashX(secret)
    expect((await shared.submit(opened, [])).status).toBe('SUCCESS')
    const { sequence } = { sequence: (await shared.server.getAccount(shared.id)).sequenceNumber() }
    const later = await shared.build([pay()], { account: new Account(shared.id, String(BigInt(sequence) + 1n)) })
    await shared.send(Operation.setOptions({ signer: { preAuthTx: later.hash(), weight: 1 } }))
    expect((await shared.submit(later, [])).status).toBe('SUCCESS')
    expect((await shared.server.getAccountEntry(shared.id)).signers).toHaveLength(1)
  })

  test('signers and thresholds decide who may act', async () => {
    const shared = await Person.create(net)
    const [one, two] = [Keypair.random(), Keypair.random()]
    const signer = (key: Keypair) => Operation.setOptions({ signer: { ed25519PublicKey: key.publicKey(), weight: 1 } })
    await shared.send(
      signer(one),
      signer(two),
      Operation.setOptions({ masterWeight: 0, lowThreshold: 1, medThreshold: 2, highThreshold: 2 }),
    )
    const build = () => shared.build([pay()])
    expect(await refusal(shared.submit(await build()))).toBe('txBadAuth')
    expect(await refusal(shared.submit(await build(), [one]))).toBe('opBadAuth')
    expect((await shared.submit(await build(), [one, two])).status).toBe('SUCCESS')
  })

  test('an operation on behalf of another account needs its signature', async () => {
    const op = Operation.payment({ source: ben.id, destination: ana.id, asset: Asset.native(), amount: '1' })
    expect(await refusal(ana.submit(await ana.build([op])))).toBe('opBadAuth')
    expect((await ana.submit(await ana.build([op]), [ana.key, ben.key])).status).toBe('SUCCESS')
  })

  test('a fee bump lets somebody else pay, and must outbid what it wraps', async () => {
    const inner = await ana.build([pay()], { fee: '200' })
    inner.sign(ana.key)
    const bump = (fee: bigint) => {
      const { tx } = TransactionBuilder.buildFeeBumpTransaction(ben.key, '200', inner, net.passphrase).toEnvelope()
        .value as xdr.FeeBumpTransactionEnvelope
      const cheaper = new xdr.FeeBumpTransaction({ feeSource: tx.feeSource, innerTx: tx.innerTx, ext: tx.ext, fee })
      const envelope = xdr.TransactionEnvelope.envelopeTypeTxFeeBump(
        new xdr.FeeBumpTransactionEnvelope({ tx: cheaper, signatures: [] }),
      )
      const outer = TransactionBuilder.fromXdr(envelope, net.passphrase) as FeeBumpTransaction
      outer.sign(ben.key)
      return ana.server.sendTransaction(outer)
    }
    expect((await bump(399n)).errorResult?.result.type).toBe('txInsufficientFee')
    const [before, benBefore] = [await ana.balance(), await ben.balance()]
    const sent = await bump(400n)
    expect(sent.status).toBe('PENDING')
    const found = await ana.server.getTransaction(sent.hash)
    expect(found).toMatchObject({ status: 'SUCCESS', feeBump: true })
    expect(found.status === 'SUCCESS' && found.resultXdr.result.type).toBe('txFeeBumpInnerSuccess')
    const inside = await ana.server.getTransaction(Buffer.from(inner.hash()).toString('hex'))
    expect(inside).toMatchObject({ status: 'SUCCESS', feeBump: true })
    expect(await ana.balance()).toBe(before - 10_000_000n)
    expect(await ben.balance()).toBe(benBefore + 10_000_000n - 200n)
  })

  test('what is not supported is refused, never accepted silently', async () => {
    const offer = Operation.manageSellOffer({
      selling: Asset.native(),
      buying: new Asset('USD', ben.id),
      amount: '1',
      price: '1',
    })
    expect(await refusal(ana.send(offer))).toBe('opNotSupported')
    expect(await refusal(ana.send(Operation.beginSponsoringFutureReserves({ sponsoredId: ben.id })))).toBe(
      'opNotSupported',
    )
  })
})

describe('contract calls', () => {
  /** A transfer of ben's money in a transaction of ana's, with ben's entry as `sign` leaves it. */
  async function transferOfBen(
    sign: (entry: xdr.SorobanAuthorizationEntry) => Promise<xdr.SorobanAuthorizationEntry>,
    useUpgradedAuth = true,
  ): Promise<Transaction> {
    const op = native.call('transfer', address(ben.id), address(ana.id), i128(5n))
    const simulated = await ana.server.simulateTransaction(await ana.build([op]), undefined, undefined, useUpgradedAuth)
    if (!('result' in simulated) || !simulated.result) throw new Error('not simulated')
    const auth = await Promise.all(simulated.result.auth.map(sign))
    const body = op.body
    if (body.type !== 'invokeHostFunction') throw new Error('no call')
    const signed = Operation.invokeHostFunction({ func: body.value.hostFunction, auth })
    return ana.prepare(signed)
  }
  /** The part of the resource fee that is never given back. */
  function fixedFee(meta: xdr.TransactionMeta): bigint {
    const ext = meta.type === 'v4' ? meta.value.sorobanMeta?.ext : undefined
    if (ext?.type !== 'v1') throw new Error('no fees in the meta')
    return ext.value.totalNonRefundableResourceFeeCharged
  }
  function credentialsOf(tx: Transaction): string | undefined {
    const envelope = xdr.TransactionEnvelope.fromXdr(tx.toXdr(), 'base64')
    const body = envelope.type === 'envelopeTypeTx' ? envelope.value.tx.operations[0]?.body : undefined
    return body?.type === 'invokeHostFunction' ? body.value.auth[0]?.credentials.type : undefined
  }
  const until = () => net.ledger().sequence + 100

  for (const upgraded of [true, false]) {
    test(`another account's agreement is enforced (${upgraded ? 'upgraded' : 'plain'} credentials)`, async () => {
      const good = await transferOfBen((entry) => authorizeEntry(entry, ben.key, until(), net.passphrase), upgraded)
      expect(credentialsOf(good)).toBe(upgraded ? 'sorobanCredentialsAddressV2' : 'sorobanCredentialsAddress')
      const before = await ben.balance()
      expect((await ana.submit(good)).status).toBe('SUCCESS')
      expect(await ben.balance()).toBe(before - 5n)
    })
  }

  test('a signature by the wrong key, an expired one and a used one are worth nothing', async () => {
    await expect(transferOfBen((entry) => authorizeEntry(entry, ana.key, until(), net.passphrase))).rejects.toThrow()
    await expect(
      transferOfBen((entry) => authorizeEntry(entry, ben.key, net.ledger().sequence - 1, net.passphrase)),
    ).rejects.toThrow('Auth')
    let used: xdr.SorobanAuthorizationEntry | undefined
    const first = await transferOfBen(async (entry) => {
      used = await authorizeEntry(entry, ben.key, until(), net.passphrase)
      return used
    })
    expect((await ana.submit(first)).status).toBe('SUCCESS')
    await expect(transferOfBen(async () => used!)).rejects.toThrow('Auth')
  })

  test('a call that needs the admin fails for everybody else, also past simulation', async () => {
    const call = probe.call('set_label', symbol('mine'))
    expect((await ana.invoke(call)).status).toBe('SUCCESS')
    const prepared = await ana.prepare(call)
    const tx = TransactionBuilder.cloneFrom(await ben.build([call]), {
      fee: prepared.fee,
      networkPassphrase: net.passphrase,
    })
      .setSorobanData(sorobanData(prepared))
      .build()
    expect(resultCode((await ben.submit(tx)).resultXdr)).toBe('invokeHostFunctionTrapped')
  })

  test('what lies outside the declared footprint cannot be touched', async () => {
    const done = await ana.invoke(probe.call('set_label', symbol('x')), (data) => data.setReadWrite([]))
    expect(resultCode(done.resultXdr)).toBe('invokeHostFunctionTrapped')
  })

  test('a resource fee below its price is refused, one without room for rent fails, and what was not used comes back', async () => {
    const call = probe.call('set_label', symbol('y'))
    const prepared = await ana.prepare(call)
    const cheap = TransactionBuilder.cloneFrom(prepared, { fee: prepared.fee, networkPassphrase: net.passphrase })
    cheap.setSorobanData(new SorobanDataBuilder(sorobanData(prepared)).setResourceFee(10).build())
    expect(await refusal(ana.submit(cheap.build()))).toBe('txSorobanInvalid')
    const fixed = fixedFee((await ana.invoke(probe.call('write', u32(1), u32(1), u32(100)))).resultMetaXdr)
    const write = await ana.prepare(probe.call('write', u32(2), u32(1), u32(100)))
    const roomless = TransactionBuilder.cloneFrom(write, { fee: write.fee, networkPassphrase: net.passphrase })
      .setSorobanData(new SorobanDataBuilder(sorobanData(write)).setResourceFee(fixed + 1_000n).build())
      .build()
    expect(resultCode((await ana.submit(roomless)).resultXdr)).toBe('invokeHostFunctionInsufficientRefundableFee')
    const again = await ana.prepare(call)
    const before = await ana.balance()
    const done = await ana.submit(again)
    const bid = BigInt(again.fee)
    expect(done.resultXdr.feeCharged).toBeLessThan(bid)
    expect(await ana.balance()).toBe(before - done.resultXdr.feeCharged)
  })
})
