/** Rules of the network that are seldom met: thresholds and flags, signers of every kind, preconditions, what merges and what is malformed. */
import {
  Asset,
  type FeeBumpTransaction,
  MuxedAccount,
  SorobanDataBuilder,
  StrKey,
  scValToNative,
  type Transaction,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { Account, ended, hash, Keypair, Operation, Person, resultCode, sorobanData, symbol, u32 } from './kit.ts'

let net: Devnet
let ana: Person
let ben: Person

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
})
afterAll(() => net.close())
beforeEach(async () => {
  ;[ana, ben] = await Promise.all([Person.create(net), Person.create(net)])
})

const pay = (amount = '1', to = ben.id) => Operation.payment({ destination: to, asset: Asset.native(), amount })
const sequenceOf = async (person: Person) => BigInt((await person.server.getAccount(person.id)).sequenceNumber())
const accountAt = async (person: Person, offset: bigint) =>
  new Account(person.id, String((await sequenceOf(person)) + offset))

/** A transaction with preconditions. */
async function conditioned(person: Person, change: (builder: TransactionBuilder) => void): Promise<Transaction> {
  const account = await person.server.getAccount(person.id)
  const builder = new TransactionBuilder(account, { fee: '100', networkPassphrase: net.passphrase })
  change(builder.addOperation(pay()).setTimeout(300))
  return builder.build()
}

/** The operation with fields that the library would not let through. */
function options(fields: Partial<ConstructorParameters<typeof xdr.SetOptionsOp>[0]>) {
  const none = {
    inflationDest: null,
    clearFlags: null,
    setFlags: null,
    masterWeight: null,
    lowThreshold: null,
    medThreshold: null,
    highThreshold: null,
    homeDomain: null,
    signer: null,
  }
  return new xdr.Operation({
    sourceAccount: null,
    body: xdr.OperationBody.setOptions(new xdr.SetOptionsOp({ ...none, ...fields })),
  })
}

const REQUIRED = 1
const REVOCABLE = 2
const IMMUTABLE = 4
const CLAWBACK = 8
const set = (setFlags: number) => options({ setFlags })
const signerOf = (key: xdr.SignerKey, weight = 1) => options({ signer: new xdr.Signer({ key, weight }) })
const keyOf = (key: Keypair) => xdr.SignerKey.signerKeyTypeEd25519(key.rawPublicKey())

describe('set options', () => {
  test('unknown and contradictory flags, weights above a byte, odd signers and domains are refused', async () => {
    const tried = (op: xdr.Operation) => ended(ana.send(op))
    expect(await tried(set(16))).toBe('setOptionsUnknownFlag')
    expect(await tried(options({ clearFlags: 32 }))).toBe('setOptionsUnknownFlag')
    expect(await tried(options({ setFlags: REVOCABLE, clearFlags: REVOCABLE }))).toBe('setOptionsBadFlags')
    for (const field of ['masterWeight', 'lowThreshold', 'medThreshold', 'highThreshold']) {
      expect(await tried(options({ [field]: 256 }))).toBe('setOptionsThresholdOutOfRange')
    }
    expect(await tried(signerOf(keyOf(ana.key)))).toBe('setOptionsBadSigner')
    expect(await tried(signerOf(keyOf(ben.key), 256))).toBe('setOptionsBadSigner')
    const empty = new xdr.SignerKeyEd25519SignedPayload({ ed25519: ben.key.rawPublicKey(), payload: new Uint8Array() })
    expect(await tried(signerOf(xdr.SignerKey.signerKeyTypeEd25519SignedPayload(empty)))).toBe('setOptionsBadSigner')
    expect(await tried(options({ homeDomain: Buffer.from('caf\u00e9.org') }))).toBe('setOptionsInvalidHomeDomain')
    expect(await tried(options({ homeDomain: 'a\nb' }))).toBe('setOptionsInvalidHomeDomain')
    expect(await tried(options({ inflationDest: Keypair.random().xdrAccountId() }))).toBe('setOptionsInvalidInflation')
    expect(await tried(options({ inflationDest: ben.key.xdrAccountId() }))).toBe('txSuccess')
  })

  test('clawback needs revocable, and an immutable account stays as it is', async () => {
    expect(await ended(ana.send(set(CLAWBACK)))).toBe('setOptionsAuthRevocableRequired')
    expect(await ended(ana.send(set(CLAWBACK | REVOCABLE)))).toBe('txSuccess')
    expect(await ended(ana.send(options({ clearFlags: REVOCABLE })))).toBe('setOptionsAuthRevocableRequired')
    expect(await ended(ana.send(set(IMMUTABLE)))).toBe('txSuccess')
    expect(await ended(ana.send(options({ clearFlags: IMMUTABLE })))).toBe('setOptionsCantChange')
    expect(await ended(ana.send(set(REQUIRED)))).toBe('setOptionsCantChange')
    expect(await ended(ana.send(Operation.accountMerge({ destination: ben.id })))).toBe('accountMergeImmutableSet')
    expect(await ended(ana.send(options({ homeDomain: 'still.mine' })))).toBe('txSuccess')
  })

  test('twenty signers are the most, each costs a reserve, and the last change of one counts', async () => {
    const keys = Array.from({ length: 21 }, () => Keypair.random())
    const add = keys.map((key) => signerOf(keyOf(key)))
    expect(await ended(ana.send(...add))).toBe('setOptionsTooManySigners')
    expect(await ended(ana.send(...add.slice(0, 20)))).toBe('txSuccess')
    expect((await ana.server.getAccountEntry(ana.id)).numSubEntries).toBe(20)
    expect(await ended(ana.send(signerOf(keyOf(keys[0]!), 7), signerOf(keyOf(keys[1]!), 0)))).toBe('txSuccess')
    const { signers, numSubEntries } = await ana.server.getAccountEntry(ana.id)
    expect(numSubEntries).toBe(19)
    expect(signers.map(({ weight }) => weight).toSorted((a, b) => b - a)[0]).toBe(7)
    const poor = new Person(net, Keypair.random())
    await ana.send(Operation.createAccount({ destination: poor.id, startingBalance: '1.4' }))
    expect(await ended(poor.send(add[0]!))).toBe('setOptionsLowReserve')
  })
})

describe('sequence numbers', () => {
  test('one can be bumped as far as it goes, not below zero, and never back', async () => {
    const bump = (bumpTo: string) => Operation.bumpSequence({ bumpTo })
    const negative = new xdr.Operation({
      sourceAccount: null,
      body: xdr.OperationBody.bumpSequence(new xdr.BumpSequenceOp({ bumpTo: -1n })),
    })
    expect(await ended(ana.send(negative))).toBe('bumpSequenceBadSeq')
    const before = await sequenceOf(ana)
    expect(await ended(ana.send(bump('5')))).toBe('txSuccess')
    expect(await sequenceOf(ana)).toBe(before + 1n)
    const most = 2n ** 63n - 1n
    expect(await ended(ana.send(bump(String(most))))).toBe('txSuccess')
    expect(await sequenceOf(ana)).toBe(most)
    const wrapped = await ben.build([pay('1', ana.id)], { account: new Account(ana.id, String(most - 1n)) })
    expect(await ended(ana.submit(wrapped))).toBe('txBadSeq')
  })

  test('an account whose numbers run ahead of the ledger cannot be merged, for it could use them again', async () => {
    const ahead = (BigInt(net.ledger().sequence + 100) << 32n).toString()
    await ana.send(Operation.bumpSequence({ bumpTo: ahead }))
    const merge = Operation.accountMerge({ destination: ben.id })
    expect(await ended(ana.send(merge))).toBe('accountMergeSeqnumTooFar')
    await net.warp(0, 200)
    expect(await ended(ana.send(merge))).toBe('txSuccess')
  })

  test('a minimal age and a ledger gap are counted from the last use, also from one by a bump', async () => {
    await ana.send(pay())
    const aged = (seconds: bigint) => conditioned(ana, (tx) => tx.setMinAccountSequenceAge(seconds))
    const spaced = (ledgers: number) => conditioned(ana, (tx) => tx.setMinAccountSequenceLedgerGap(ledgers))
    expect(await ended(ana.submit(await aged(600n)))).toBe('txBadMinSeqAgeOrGap')
    await net.warp(600)
    expect(await ended(ana.submit(await aged(600n)))).toBe('txSuccess')
    expect(await ended(ana.submit(await spaced(50)))).toBe('txBadMinSeqAgeOrGap')
    await net.warp(0, 50)
    expect(await ended(ana.submit(await spaced(50)))).toBe('txSuccess')
    await net.warp(600)
    // A bump to a number that has passed moves nothing, but it is a use.
    const bump = Operation.bumpSequence({ source: ana.id, bumpTo: '1' })
    await ben.submit(await ben.build([bump]), [ben.key, ana.key])
    expect(await ended(ana.submit(await aged(600n)))).toBe('txBadMinSeqAgeOrGap')
  })
})

describe('signers', () => {
  test('a signature of another payload counts where an account says so', async () => {
    const [key, payload] = [Keypair.random(), Buffer.from('something else that was signed')]
    const signed = new xdr.SignerKeyEd25519SignedPayload({ ed25519: key.rawPublicKey(), payload })
    await ana.send(signerOf(xdr.SignerKey.signerKeyTypeEd25519SignedPayload(signed)))
    const tx = await ana.build([pay()])
    tx.signatures.push(key.signPayloadDecorated(payload))
    expect(await ended(ana.submit(tx, []))).toBe('txSuccess')
    const other = await ana.build([pay()])
    other.signatures.push(key.signPayloadDecorated(Buffer.from('anything')))
    expect(await ended(ana.submit(other, []))).toBe('txBadAuth')
  })

  test('secrets count before signatures: who sends both where one will do sends one too many', async () => {
    const secret = Buffer.from('open sesame')
    await ana.send(Operation.setOptions({ signer: { sha256Hash: hash(secret), weight: 1 } }))
    const both = await ana.build([pay()])
    both.signHashX(secret)
    expect(await ended(ana.submit(both, [ana.key]))).toBe('txBadAuthExtra')
    await ana.send(Operation.setOptions({ lowThreshold: 2, medThreshold: 2 }))
    const needed = await ana.build([pay()])
    needed.signHashX(secret)
    expect(await ended(ana.submit(needed, [ana.key]))).toBe('txSuccess')
  })

  test('extra signers: each must sign, and none is named twice', async () => {
    const [one, two] = [Keypair.random(), Keypair.random()]
    const secret = Buffer.from('a secret')
    const both = () =>
      conditioned(ana, (tx) => tx.setExtraSigners([one.publicKey(), StrKey.encodeSha256Hash(hash(secret))]))
    expect(await ended(ana.submit(await both(), [ana.key, one]))).toBe('txBadAuth')
    const opened = await both()
    opened.signHashX(secret)
    expect(await ended(ana.submit(opened, [ana.key, one]))).toBe('txSuccess')
    const twice = () => conditioned(ana, (tx) => tx.setExtraSigners([two.publicKey(), two.publicKey()]))
    expect(await ended(ana.submit(await twice(), [ana.key, two]))).toBe('txMalformed')
  })

  test('agreement in advance is used up by success and failure alike, wherever it stood', async () => {
    // ben agrees to a transaction of ana's that moves his money, and that will fail.
    const op = Operation.payment({ source: ben.id, destination: ana.id, asset: Asset.native(), amount: '99999999' })
    const tx = await ana.build([op])
    await ben.send(Operation.setOptions({ signer: { preAuthTx: tx.hash(), weight: 1 } }))
    expect(await ended(ana.submit(tx))).toBe('paymentUnderfunded')
    const entry = await ben.server.getAccountEntry(ben.id)
    expect([entry.signers.length, entry.numSubEntries]).toEqual([0, 0])
  })

  test('a fee bump can be agreed to in advance, too', async () => {
    const inner = await ana.build([pay()], { fee: '100', account: await accountAt(ana, 0n) })
    inner.sign(ana.key)
    const outer = TransactionBuilder.buildFeeBumpTransaction(ben.key, '200', inner, net.passphrase)
    await ben.send(Operation.setOptions({ signer: { preAuthTx: outer.hash(), weight: 1 } }))
    const sent = await ana.server.sendTransaction(outer)
    expect(sent.status).toBe('PENDING')
    expect((await ana.server.getTransaction(sent.hash)).status).toBe('SUCCESS')
    expect((await ben.server.getAccountEntry(ben.id)).signers).toHaveLength(0)
  })
})

describe('assets', () => {
  /** An issuer's asset in ana's line, before anything may be revoked. */
  async function lineOf(issuer: Person): Promise<Asset> {
    const asset = new Asset('LINE', issuer.id)
    await ana.send(Operation.changeTrust({ asset }))
    return asset
  }
  const allow = (authorize: 0 | 1 | 2) => Operation.allowTrust({ trustor: ana.id, assetCode: 'LINE', authorize })
  const flags = (asset: Asset, setFlags: number, clearFlags: number, trustor = ana) =>
    new xdr.Operation({
      sourceAccount: null,
      body: xdr.OperationBody.setTrustLineFlags(
        new xdr.SetTrustLineFlagsOp({
          trustor: trustor.key.xdrAccountId(),
          asset: asset.toXdrObject(),
          clearFlags,
          setFlags,
        }),
      ),
    })

  test('what an issuer may not take away it cannot, line or not', async () => {
    const asset = await lineOf(ben)
    expect(await ended(ben.send(allow(0)))).toBe('allowTrustCantRevoke')
    expect(await ended(ben.send(allow(2)))).toBe('allowTrustCantRevoke')
    expect(await ended(ben.send(flags(asset, 0, 1)))).toBe('setTrustLineFlagsCantRevoke')
    const stranger = await Person.create(net)
    expect(await ended(ben.send(flags(asset, 0, 1, stranger)))).toBe('setTrustLineFlagsCantRevoke')
    expect(await ended(ben.send(flags(asset, 1, 0, stranger)))).toBe('setTrustLineFlagsNoTrustLine')
    await ben.send(set(REVOCABLE))
    expect(await ended(ben.send(allow(2)))).toBe('txSuccess')
    expect(await ended(ben.send(allow(0)))).toBe('txSuccess')
  })

  test('flags that exclude each other, or do not exist, are malformed or a wrong state', async () => {
    const asset = await lineOf(ben)
    const tried = (setFlags: number, clearFlags: number) => ended(ben.send(flags(asset, setFlags, clearFlags)))
    expect(await tried(3, 0)).toBe('setTrustLineFlagsMalformed')
    expect(await tried(4, 0)).toBe('setTrustLineFlagsMalformed')
    expect(await tried(0, 8)).toBe('setTrustLineFlagsMalformed')
    expect(await tried(1, 1)).toBe('setTrustLineFlagsMalformed')
    expect(await ended(ana.send(flags(asset, 1, 0)))).toBe('setTrustLineFlagsMalformed')
    expect(await tried(2, 0)).toBe('setTrustLineFlagsInvalidState')
  })

  test('every change of a line tells whether it is authorized, even when that stays', async () => {
    const asset = await lineOf(ben)
    const start = net.ledger().sequence + 1
    await ben.send(flags(asset, 1, 0))
    await ben.send(flags(asset, 0, 4))
    const { events } = await ana.server.getEvents({
      startLedger: start,
      filters: [{ contractIds: [asset.contractId(net.passphrase)] }],
    })
    expect(events.map((event) => [scValToNative(event.topic[0]!), scValToNative(event.value)])).toEqual([
      ['set_authorized', true],
      ['set_authorized', true],
    ])
  })

  test('a required line starts without authorization, and one without its issuer can only be left', async () => {
    await ben.send(set(REQUIRED))
    const asset = await lineOf(ben)
    expect(await ended(ben.send(Operation.payment({ destination: ana.id, asset, amount: '1' })))).toBe(
      'paymentNotAuthorized',
    )
    expect(
      await ended(ana.send(Operation.changeTrust({ asset: new Asset('NONE', Keypair.random().publicKey()) }))),
    ).toBe('changeTrustNoIssuer')
    expect(await ended(ana.send(Operation.changeTrust({ asset: new Asset('OWN', ana.id) })))).toBe(
      'changeTrustMalformed',
    )
    await ben.send(Operation.accountMerge({ destination: ana.id }))
    expect(await ended(ana.send(Operation.changeTrust({ asset, limit: '5' })))).toBe('changeTrustNoIssuer')
    expect(await ended(ana.send(Operation.changeTrust({ asset, limit: '0' })))).toBe('txSuccess')
  })
})

describe('envelopes', () => {
  test('sub-accounts send, pay and receive; their numbers stand in the events', async () => {
    const sub = new MuxedAccount(await ana.server.getAccount(ana.id), '5')
    const to = new MuxedAccount(await ben.server.getAccount(ben.id), '9').accountId()
    const start = net.ledger().sequence + 1
    const tx = new TransactionBuilder(sub, { fee: '100', networkPassphrase: net.passphrase })
      .addOperation(pay('1', to))
      .setTimeout(300)
      .build()
    expect(await ended(ana.submit(tx))).toBe('txSuccess')
    const { events } = await ana.server.getEvents({ startLedger: start, filters: [] })
    const transfer = events.find((event) => scValToNative(event.topic[0]!) === 'transfer')!
    expect(transfer.topic.map(scValToNative)).toEqual(['transfer', ana.id, ben.id, 'native'])
    expect(scValToNative(transfer.value)).toEqual({ amount: 10_000_000n, to_muxed_id: 9n })
  })

  test('the oldest form of an envelope is taken, and goes on in the present one', async () => {
    const tx = await ana.build([pay()])
    tx.sign(ana.key)
    const { value } = tx.toEnvelope()
    const { tx: inner, signatures } = value as xdr.TransactionV1Envelope
    const old = xdr.TransactionEnvelope.envelopeTypeTxV0(
      new xdr.TransactionV0Envelope({
        tx: new xdr.TransactionV0({
          sourceAccountEd25519: ana.key.rawPublicKey(),
          fee: inner.fee,
          seqNum: inner.seqNum,
          timeBounds: inner.cond.type === 'precondTime' ? inner.cond.value : null,
          memo: inner.memo,
          operations: [...inner.operations],
          ext: xdr.TransactionV0Ext.v0(),
        }),
        signatures: [...signatures],
      }),
    )
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'sendTransaction',
      params: { transaction: old.toXdr('base64') },
    })
    const answer = (await (await fetch(net.rpcUrl, { method: 'POST', body })).json()) as {
      result: { status: string; hash: string }
    }
    expect(answer.result).toMatchObject({ status: 'PENDING', hash: Buffer.from(tx.hash()).toString('hex') })
    const found = await ana.server.getTransaction(answer.result.hash)
    expect(found.status === 'SUCCESS' && found.envelopeXdr.type).toBe('envelopeTypeTx')
  })

  test('the first operation that makes no sense is told; those after it are not looked at', async () => {
    const bad = Operation.bumpSequence({ bumpTo: '1' })
    const nothing = new xdr.Operation({
      sourceAccount: null,
      body: xdr.OperationBody.bumpSequence(new xdr.BumpSequenceOp({ bumpTo: -1n })),
    })
    const tx = await ana.build([bad, nothing, nothing])
    tx.sign(ana.key)
    const { errorResult } = await ana.server.sendTransaction(tx)
    const results = errorResult?.result.type === 'txFailed' ? errorResult.result.value : []
    expect(results.map((one) => (one.type === 'opInner' ? one.value.value.type : one.type))).toEqual([
      'bumpSequenceSuccess',
      'bumpSequenceBadSeq',
      'bumpSequenceSuccess',
    ])
  })
})

describe('contract transactions', () => {
  const bare = (op: Parameters<Person['build']>[0][number], data: SorobanDataBuilder, person = ana) =>
    person
      .build([op])
      .then((tx) =>
        TransactionBuilder.cloneFrom(tx, { fee: '100', networkPassphrase: net.passphrase })
          .setSorobanData(data.setResourceFee(5_000_000).build())
          .build(),
      )

  test('a lifetime of what has none, or in the wrong half of the footprint, is malformed at the door', async () => {
    const own = xdr.LedgerKey.account(new xdr.LedgerKeyAccount({ accountId: ana.key.xdrAccountId() }))
    const extend = Operation.extendFootprintTtl({ extendTo: 100 })
    const restore = Operation.restoreFootprint({})
    const tried = async (op: typeof extend, data: SorobanDataBuilder) => {
      const tx = await bare(op, data)
      tx.sign(ana.key)
      const { status, errorResult } = await ana.server.sendTransaction(tx)
      return `${status} ${errorResult ? resultCode(errorResult) : ''}`
    }
    const declared = () => new SorobanDataBuilder().setResources(0, 10_000, 10_000)
    expect(await tried(extend, declared().setReadOnly([own]))).toBe('ERROR extendFootprintTtlMalformed')
    expect(await tried(extend, declared().setReadWrite([own]))).toBe('ERROR extendFootprintTtlMalformed')
    expect(await tried(restore, declared().setReadWrite([own]))).toBe('ERROR restoreFootprintMalformed')
    expect(await tried(restore, declared().setReadOnly([own]))).toBe('ERROR restoreFootprintMalformed')
  })

  test('a refusal tells what is wrong with the resources, in both formats', async () => {
    const probe = await ana.deployProbe()
    const prepared = await ana.prepare(probe.call('label'))
    const told = async (change: (data: SorobanDataBuilder) => SorobanDataBuilder) => {
      const tx = await ana.build([probe.call('label')])
      const data = change(new SorobanDataBuilder(sorobanData(prepared)).setResourceFee(50_000_000)).build()
      const declared = TransactionBuilder.cloneFrom(tx, { fee: '100', networkPassphrase: net.passphrase })
        .setSorobanData(data)
        .build()
      declared.sign(ana.key)
      const { errorResult, diagnosticEvents } = await ana.server.sendTransaction(declared)
      expect(errorResult?.result.type).toBe('txSorobanInvalid')
      const body = diagnosticEvents![0]!.event.body.v0
      const params = { transaction: declared.toXdr(), xdrFormat: 'json' }
      const request = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'sendTransaction', params })
      const { result } = (await (await fetch(net.rpcUrl, { method: 'POST', body: request })).json()) as {
        result: { diagnosticEventsJson: unknown }
      }
      expect(result.diagnosticEventsJson).toEqual(diagnosticEvents!.map((event) => event.toJson()))
      return [body.topics[1]!.toJson(), scValToNative(body.data)]
    }
    expect(await told((data) => data.setResources(400_000_001, 0, 0))).toEqual([
      { error: { budget: 'exceeded_limit' } },
      [expect.any(String), 400_000_001n, 400_000_000n],
    ])
    expect(await told((data) => data.setResourceFee(10))).toEqual([
      { error: { value: 'exceeded_limit' } },
      [expect.any(String), 10n, expect.any(BigInt)],
    ])
    const config = xdr.LedgerKey.configSetting(
      new xdr.LedgerKeyConfigSetting({ configSettingId: xdr.ConfigSettingId.fromXdr(Buffer.alloc(4)) }),
    )
    expect(await told((data) => data.appendFootprint([config], []))).toEqual([
      { error: { storage: 'unexpected_type' } },
      [expect.any(String), 8n],
    ])
  })

  test('a call has no memo and no sub-account, though what only lives longer may have both', async () => {
    const probe = await ana.deployProbe()
    const prepared = await ana.prepare(probe.call('label'))
    const sub = new MuxedAccount(await ana.server.getAccount(ana.id), '5')
    const tx = new TransactionBuilder(sub, { fee: prepared.fee, networkPassphrase: net.passphrase })
      .addOperation(probe.call('label'))
      .setTimeout(300)
      .setSorobanData(sorobanData(prepared))
      .build()
    expect(await ended(ana.submit(tx))).toBe('txSorobanInvalid')
    const again = new MuxedAccount(await ana.server.getAccount(ana.id), '5')
    const extend = new TransactionBuilder(again, { fee: '100', networkPassphrase: net.passphrase })
      .addOperation(Operation.extendFootprintTtl({ extendTo: 100 }))
      .setTimeout(300)
      .setSorobanData(new SorobanDataBuilder().setResourceFee(5_000_000).build())
      .build()
    expect(await ended(ana.submit(extend))).toBe('txSuccess')
  })

  test('a fee bump pays for resources that its inner transaction does not, by the size of the inner one', async () => {
    const probe = await ana.deployProbe()
    const prepared = await ana.prepare(probe.call('set_label', symbol('bumped')))
    const data = sorobanData(prepared)
    const { tx } = prepared.toEnvelope().value as xdr.TransactionV1Envelope
    const poor = new xdr.Transaction({
      sourceAccount: tx.sourceAccount,
      fee: 0,
      seqNum: tx.seqNum,
      cond: tx.cond,
      memo: tx.memo,
      operations: [...tx.operations],
      ext: tx.ext,
    })
    const envelope = xdr.TransactionEnvelope.envelopeTypeTx(new xdr.TransactionV1Envelope({ tx: poor, signatures: [] }))
    const inner = TransactionBuilder.fromXdr(envelope, net.passphrase) as Transaction
    inner.sign(ana.key)
    const alone = await ana.server.sendTransaction(inner)
    expect(alone.errorResult?.result.type).toBe('txMalformed')
    const innerEnvelope = inner.toEnvelope().value as xdr.TransactionV1Envelope
    const outer = TransactionBuilder.fromXdr(
      xdr.TransactionEnvelope.envelopeTypeTxFeeBump(
        new xdr.FeeBumpTransactionEnvelope({
          tx: new xdr.FeeBumpTransaction({
            feeSource: xdr.MuxedAccount.keyTypeEd25519(ben.key.rawPublicKey()),
            fee: data.resourceFee + 200n,
            innerTx: xdr.FeeBumpTransactionInnerTx.envelopeTypeTx(innerEnvelope),
            ext: xdr.FeeBumpTransactionExt.v0(),
          }),
          signatures: [],
        }),
      ),
      net.passphrase,
    ) as FeeBumpTransaction
    outer.sign(ben.key)
    const sent = await ana.server.sendTransaction(outer)
    expect(sent.errorResult?.result.type).toBeUndefined()
    const done = await ana.server.getTransaction(sent.hash)
    expect(done.status).toBe('SUCCESS')
    expect(await ended(ana.invoke(probe.call('emit', u32(1), u32(1))))).toBe('txSuccess')
  })
})
