/** A contract as an account: its own rule decides, over its own signatures and over delegates that sign for it. */
import {
  Address,
  Asset,
  authorizeEntry,
  buildWithDelegatesEntry,
  Contract,
  type DelegateSignature,
  Keypair,
  nativeToScVal,
  rpc,
  SorobanDataBuilder,
  scValToNative,
  type Transaction,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { address, hash, i128, Operation, Person, PROBE, resultCode, sorobanData, symbol } from './kit.ts'

type Entry = xdr.SorobanAuthorizationEntry

let net: Devnet
let ana: Person
let native: Contract
/** Accounts that are contracts: `vault` has XLM, an owner and two signers, one of them `inner`, whose signer is `leaf`. */
let vault: Contract
let inner: Contract
const owner = Keypair.random()
const leaf = Keypair.random()
const stranger = Keypair.random()

const bytes = (value: Uint8Array) => xdr.ScVal.scvBytes(value)
const until = (ledgers = 100) => net.ledger().sequence + ledgers

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ana = await Person.create(net)
  for (const key of [owner, leaf, stranger]) await Person.create(net, key)
  native = await ana.wrap(Asset.native())
  vault = await ana.deployProbe()
  inner = await another()
  await ana.invoke(vault.call('set_owner', bytes(owner.rawPublicKey())))
  await ana.invoke(vault.call('add_signer', address(leaf.publicKey())))
  await ana.invoke(vault.call('add_signer', address(inner.contractId())))
  await ana.invoke(inner.call('add_signer', address(leaf.publicKey())))
  const gift = native.call('transfer', address(ana.id), address(vault.contractId()), i128(1_000n))
  expect((await ana.invoke(gift)).status).toBe('SUCCESS')
})
afterAll(() => net.close())

/** One more probe of the same code. */
async function another(): Promise<Contract> {
  const created = await ana.invoke(
    Operation.createCustomContract({
      address: Address.fromString(ana.id),
      wasmHash: hash(PROBE),
      constructorArgs: [address(ana.id), symbol('inner')],
    }),
  )
  return new Contract(
    Address.fromScVal(created.status === 'SUCCESS' ? created.returnValue! : xdr.ScVal.scvVoid()).toString(),
  )
}

const transfer = (amount = 5n) => native.call('transfer', address(vault.contractId()), address(ana.id), i128(amount))

/** What the vault is asked to agree to, as simulation records it. */
async function asked(op = transfer()): Promise<Entry> {
  const simulated = await ana.server.simulateTransaction(await ana.build([op]), undefined, undefined, true)
  if (!rpc.Api.isSimulationSuccess(simulated)) throw new Error(simulated.error)
  return simulated.result!.auth[0]!
}

const ownerSigns = (entry: Entry, key = owner, last = until()) =>
  authorizeEntry(entry, async (_, payload) => ({ signatureScVal: bytes(key.sign(payload)) }), last, net.passphrase)

function agreed(op: xdr.Operation, auth: Entry[]) {
  if (op.body.type !== 'invokeHostFunction') throw new Error('no call')
  return Operation.invokeHostFunction({ func: op.body.value.hostFunction, auth })
}

/** The call with this agreement, simulated as it stands. */
async function prepared(auth: Entry[], op = transfer()): Promise<Transaction> {
  return ana.prepare(agreed(op, auth))
}

/**
 * Sends the call with this agreement and the resources of one that passes, so that the ledger decides and not the
 * simulation; the first error that the host tells of.
 */
async function refusal(auth: Entry, fit: Transaction, more: xdr.LedgerKey[] = []): Promise<string> {
  const data = new SorobanDataBuilder(sorobanData(fit)).appendFootprint(more, []).setResourceFee(Number(fit.fee))
  const fee = String(2 * Number(fit.fee))
  const tx = TransactionBuilder.cloneFrom(await ana.build([agreed(transfer(), [auth])]), {
    fee,
    networkPassphrase: net.passphrase,
  })
    .setSorobanData(data.build())
    .build()
  const done = await ana.submit(tx)
  expect(resultCode(done.resultXdr)).toBe('invokeHostFunctionTrapped')
  const { diagnosticEventsXdr = [] } = done
  for (const { event } of diagnosticEventsXdr) {
    const [, error] = event.body.value.topics
    if (error?.type === 'scvError') return JSON.stringify(error.toJson())
  }
  return 'no error'
}

async function balance(): Promise<bigint> {
  const simulated = await ana.server.simulateTransaction(
    await ana.build([native.call('balance', address(vault.contractId()))]),
  )
  if (!rpc.Api.isSimulationSuccess(simulated)) throw new Error(simulated.error)
  return scValToNative(simulated.result!.retval)
}

test('its owner signs, and its money moves', async () => {
  const before = await balance()
  const done = await ana.submit(await prepared([await ownerSigns(await asked())]))
  expect(done.status).toBe('SUCCESS')
  expect(await balance()).toBe(before - 5n)
})

test('an agreement is good for one call, before its last ledger, and for what it says', async () => {
  const entry = await asked()
  const used = await ownerSigns(entry)
  const late = await ownerSigns(entry, owner, net.ledger().sequence)
  const fit = await prepared([used])
  await expect(prepared([late])).rejects.toThrow('Auth, InvalidInput')
  expect(await refusal(late, fit)).toContain('"auth":"invalid_input"')
  await expect(prepared([used], transfer(6n))).rejects.toThrow('Auth, InvalidAction')
  expect((await ana.submit(await prepared([used]))).status).toBe('SUCCESS')
  await expect(prepared([used])).rejects.toThrow('Auth, ExistingValue')
  expect(await refusal(used, fit)).toContain('"auth":"existing_value"')
})

test("another's signature, none, or one of another form moves nothing", async () => {
  const before = await balance()
  const entry = await asked()
  const fit = await prepared([await ownerSigns(entry)])
  const wrong = await ownerSigns(entry, stranger)
  await expect(prepared([wrong])).rejects.toThrow('Auth, InvalidAction')
  expect(await refusal(wrong, fit)).toContain('"crypto":"invalid_input"')
  const unsigned = await authorizeEntry(
    entry,
    async () => ({ signatureScVal: xdr.ScVal.scvVoid() }),
    until(),
    net.passphrase,
  )
  await expect(prepared([unsigned])).rejects.toThrow('Auth, InvalidAction')
  expect(await refusal(unsigned, fit)).toContain('"contract":8')
  const odd = await authorizeEntry(
    entry,
    async () => ({ signatureScVal: nativeToScVal('yes') }),
    until(),
    net.passphrase,
  )
  expect(await refusal(odd, fit)).toContain('"wasm_vm":"invalid_action"')
  expect(await balance()).toBe(before)
})

/** The vault's entry with delegates under it, each signed by its key. */
async function delegated(delegates: DelegateSignature[], keys: Keypair[]): Promise<Entry> {
  const last = until()
  let entry = buildWithDelegatesEntry({ entry: await asked(), validUntilLedgerSeq: last, delegates })
  for (const key of keys) entry = await authorizeEntry(entry, key, last, net.passphrase, key.publicKey())
  return entry
}

test('a delegate signs for it, through another contract too', async () => {
  const before = await balance()
  const direct = await delegated([{ address: leaf.publicKey() }], [leaf])
  expect((await ana.submit(await prepared([direct]))).status).toBe('SUCCESS')
  const nested = await delegated(
    [{ address: inner.contractId(), nestedDelegates: [{ address: leaf.publicKey() }] }],
    [leaf],
  )
  expect(nested.credentials.type).toBe('sorobanCredentialsAddressWithDelegates')
  expect((await ana.submit(await prepared([nested]))).status).toBe('SUCCESS')
  expect(await balance()).toBe(before - 10n)
})

test('a delegate that the contract does not know, or that has not signed, is no agreement', async () => {
  const before = await balance()
  const fit = await prepared([await delegated([{ address: leaf.publicKey() }], [leaf])])
  const unknown = await delegated([{ address: stranger.publicKey() }], [stranger])
  await expect(prepared([unknown])).rejects.toThrow('Auth, InvalidAction')
  const signer = new xdr.LedgerKeyContractData({
    contract: vault.address().toScAddress(),
    key: xdr.ScVal.scvVec([xdr.ScVal.scvSymbol('Signer'), address(stranger.publicKey())]),
    durability: xdr.ContractDataDurability.persistent,
  })
  expect(await refusal(unknown, fit, [xdr.LedgerKey.contractData(signer)])).toContain('"contract":9')
  const silent = await delegated([{ address: leaf.publicKey() }], [])
  await expect(prepared([silent])).rejects.toThrow('Auth')
  expect(await refusal(silent, fit)).toContain('"value":"unexpected_type"')
  const hollow = await delegated([{ address: inner.contractId() }], [])
  await expect(prepared([hollow])).rejects.toThrow('Auth')
  expect(await balance()).toBe(before)
})

test('its agreement covers what the called contract calls in turn', async () => {
  const op = inner.call('pay', address(native.contractId()), address(vault.contractId()), address(ana.id), i128(7n))
  const entry = await asked(op)
  expect(entry.rootInvocation.subInvocations).toHaveLength(1)
  const before = await balance()
  expect((await ana.submit(await prepared([await ownerSigns(entry)], op))).status).toBe('SUCCESS')
  expect(await balance()).toBe(before - 7n)
})
