/** A story of all that contracts can do: storage, lifetimes, agreement, calls across contracts, assets, failures, limits. */
import {
  Address,
  Asset,
  AuthClawbackEnabledFlag,
  AuthRevocableFlag,
  buildWithDelegatesEntry,
  Contract,
  hash,
  Keypair,
  nativeToScVal,
  Operation,
  SorobanDataBuilder,
  TransactionBuilder,
  xdr,
} from '@stellar/stellar-sdk'
import { address, i128, Person, PROBE, symbol, u32, withFootprint } from '../kit.ts'
import { Player } from './player.ts'

export const keyOf = (number: number) => Keypair.fromRawEd25519Seed(new Uint8Array(32).fill(number))
const bytes = (value: Uint8Array) => xdr.ScVal.scvBytes(value)

/** The public network's shortest lifetime of a persistent entry, in ledgers. */
const PERSISTENT = 2_073_600

export async function playProbe(): Promise<Player> {
  const [payer, issuer, ana, ben, eve] = [1, 2, 3, 4, 5].map(keyOf) as [Keypair, Keypair, Keypair, Keypair, Keypair]
  const player = await Player.start(payer)
  const { net } = player
  const usd = new Asset('USD', issuer.publicKey())
  const people = await classic(player, usd, issuer, [ana, ben, eve])
  await player.begin([
    ...people.map((key) => xdr.LedgerKey.account(new xdr.LedgerKeyAccount({ accountId: key.xdrAccountId() }))),
    ...[ana, ben].map((key) =>
      xdr.LedgerKey.trustline(
        new xdr.LedgerKeyTrustLine({ accountId: key.xdrAccountId(), asset: usd.toTrustLineXdrObject() }),
      ),
    ),
  ])

  await player.run('upload', Operation.uploadContractWasm({ wasm: PROBE }))
  const create = async (name: string, salt: number) => {
    const op = Operation.createCustomContract({
      address: Address.fromString(player.payer.id),
      wasmHash: hash(PROBE),
      salt: new Uint8Array(32).fill(salt),
      constructorArgs: [address(player.payer.id), symbol('fresh')],
    })
    return new Contract(Address.fromScVal((await player.run(name, op))!).toString())
  }
  const probe = await create('create', 1)
  const other = await create('create another', 2)
  await storage(player, probe)
  await failures(player, probe, other)
  const token = await assets(player, probe, usd, { issuer, ana, ben, eve })
  await accounts(player, other, token, { ana, ben })
  await limits(player, probe)
  await lifetimes(player, probe)
  await net.close()
  return player
}

/** Accounts and trustlines, made by classic operations; issuer first. */
async function classic(player: Player, usd: Asset, issuer: Keypair, holders: Keypair[]): Promise<Keypair[]> {
  const send = async (person: Person, op: Parameters<Person['send']>[0]) =>
    person.submit(await person.build([op], { timeout: 0 }))
  const bank = await Person.create(player.net, issuer)
  const setFlags = (AuthRevocableFlag | AuthClawbackEnabledFlag) as never
  await send(bank, Operation.setOptions({ setFlags }))
  for (const [index, key] of holders.entries()) {
    const person = await Person.create(player.net, key)
    if (index < 2) await send(person, Operation.changeTrust({ asset: usd, limit: '1000000' }))
  }
  return [issuer, ...holders]
}

async function storage(player: Player, probe: Contract): Promise<void> {
  const call = (name: string, method: string, ...args: xdr.ScVal[]) => player.run(name, probe.call(method, ...args))
  await call('read the instance', 'label')
  await call('the sender agrees', 'set_label', symbol('mine'))
  await call('compute', 'work', u32(200))
  await call('take memory', 'hold', u32(8))
  await call('the ledger, as a contract sees it', 'now')
  await call('random numbers', 'random')
  await call('write three entries', 'write', u32(0), u32(3), u32(500))
  await call('write them again, smaller', 'write', u32(0), u32(3), u32(100))
  await call('make one larger', 'write', u32(1), u32(1), u32(4000))
  await call('read what is there and what is not', 'read', u32(0), u32(6))
  await call('read an entry', 'cell', u32(1))
  await call('a temporary entry', 'brief', u32(1), u32(5))
  await call('read it', 'get_brief', u32(1))
  await call('extend entry, temporary entry and instance', 'extend', u32(1), u32(100_000))
  await call('extend to the most, instance and persistent', 'extend', u32(1), u32(3_000_000))
  await call('remove both', 'forget', u32(1))
  await call('three events', 'emit', u32(3), u32(40))
}

async function failures(player: Player, probe: Contract, other: Contract): Promise<void> {
  const run = (name: string, op: xdr.Operation, options = {}) => player.run(name, op, options)
  await run('a contract fails', probe.call('fail'))
  await run('no such function', probe.call('nothing'))
  await run('arguments of another type', probe.call('work', symbol('x')))
  await run('survive a call that writes and fails', probe.call('survive', address(other.contractId()), u32(9)))
  // What simulation refuses is applied with the footprint of a call that it allows.
  const allowed = await player.payer.build([probe.call('write', u32(9), u32(1), u32(8))], { fee: '100', timeout: 0 })
  const answer = await player.simulate('a footprint to borrow', allowed)
  const { readOnly, readWrite } = new SorobanDataBuilder(answer.transactionData!).build().resources.footprint
  const refused = async (name: string, op: xdr.Operation) => {
    const tx = await player.payer.build([op], { fee: '90000000', timeout: 0 })
    await player.apply(name, withFootprint(tx, [...readOnly], [...readWrite]))
  }
  await refused('a write is undone by the failure after it', probe.call('write_and_fail', u32(9)))
  await refused('a touch outside the footprint', probe.call('write', u32(10), u32(1), u32(8)))
}

interface Holders {
  issuer: Keypair
  ana: Keypair
  ben: Keypair
  eve: Keypair
}

async function assets(player: Player, probe: Contract, usd: Asset, { issuer, ana, ben, eve }: Holders) {
  const token = new Contract(usd.contractId(player.net.passphrase))
  await player.run('create the contract of an asset', Operation.createStellarAssetContract({ asset: usd }))
  const [a, b, e] = [ana, ben, eve].map((key) => address(key.publicKey())) as [xdr.ScVal, xdr.ScVal, xdr.ScVal]
  const vault = address(probe.contractId())
  const call = (name: string, signers: Keypair[], method: string, ...args: xdr.ScVal[]) =>
    player.run(name, token.call(method, ...args), { signers })
  await call('decimals', [], 'decimals')
  await call('name', [], 'name')
  await call('mint to an account', [issuer], 'mint', a, i128(5_000n))
  await call('mint to a contract', [issuer], 'mint', vault, i128(1_000n))
  await call('a balance', [], 'balance', a)
  await call('transfer between accounts', [ana], 'transfer', a, b, i128(700n))
  await call('transfer to one without a trustline', [ana], 'transfer', a, e, i128(1n))
  await call('transfer of more than there is', [ana], 'transfer', a, b, i128(1_000_000n))
  await call('transfer to a contract', [ben], 'transfer', b, vault, i128(10n))
  await call('back to the issuer', [ben], 'transfer', b, address(issuer.publicKey()), i128(5n))
  await call('approve', [ana], 'approve', a, b, i128(300n), u32(player.net.ledger().sequence + 500))
  await call('transfer for another', [ben], 'transfer_from', b, a, vault, i128(200n))
  await call('what is left of the allowance', [], 'allowance', a, b)
  await call('burn', [ana], 'burn', a, i128(11n))
  await call('freeze', [issuer], 'set_authorized', b, nativeToScVal(false))
  await call('a frozen account sends', [ben], 'transfer', b, a, i128(1n))
  await call('unfreeze', [issuer], 'set_authorized', b, nativeToScVal(true))
  await call('claw back', [issuer], 'clawback', a, i128(50n))
  await call('another than the admin mints', [eve], 'mint', e, i128(1n))
  const contract = address(token.contractId())
  const pay = probe.call('pay', contract, a, vault, i128(25n))
  await player.run('a tree of agreement', pay, { signers: [ana] })
  await player.run('the same with plain credentials', pay, { signers: [ana], upgraded: false })
  const thief = { agree: { [ana.publicKey()]: player.signedBy(eve) }, blind: true }
  await player.run('the wrong key signs', pay, thief)
  const late = { agree: { [ana.publicKey()]: player.signedBy(ana, player.net.ledger().sequence) }, blind: true }
  await player.run('a signature too old', pay, late)
  await player.run('a contract pays', probe.call('pay_out', contract, a, i128(40n)))
  await player.run('a contract is refused and lives on', probe.call('pay_out', contract, e, i128(40n)))
  return token
}

/** A contract as an account. */
async function accounts(
  player: Player,
  account: Contract,
  token: Contract,
  { ana, ben }: Record<'ana' | 'ben', Keypair>,
) {
  const me = account.contractId()
  const { passphrase } = player.net
  await player.run('name the owner of an account', account.call('set_owner', bytes(ana.rawPublicKey())))
  await player.run('name a signer of it', account.call('add_signer', address(ben.publicKey())))
  const op = Operation.invokeContractFunction({
    contract: token.contractId(),
    function: 'approve',
    args: [address(me), address(ana.publicKey()), i128(5n), u32(player.net.ledger().sequence + 400)],
  })
  const owner = async (entry: xdr.SorobanAuthorizationEntry) => {
    const { authorizeEntry } = await import('@stellar/stellar-sdk')
    return authorizeEntry(
      entry,
      async (_, payload) => ({ signatureScVal: bytes(ana.sign(payload)) }),
      player.until,
      passphrase,
    )
  }
  await player.run('the owner of a contract account signs', op, { agree: { [me]: owner } })
  const delegate = async (entry: xdr.SorobanAuthorizationEntry) => {
    const { authorizeEntry } = await import('@stellar/stellar-sdk')
    const delegates = [{ address: ben.publicKey() }]
    const wrapped = buildWithDelegatesEntry({ entry, validUntilLedgerSeq: player.until, delegates })
    return authorizeEntry(wrapped, ben, player.until, passphrase, ben.publicKey())
  }
  await player.run('a delegate of a contract account signs', op, { agree: { [me]: delegate } })
}

async function limits(player: Player, probe: Contract): Promise<void> {
  const emit = probe.call('emit', u32(1), u32(16_000))
  await player.run('as many events as fit', emit)
  await player.run('too many events', probe.call('emit', u32(1), u32(16_400)))
  await player.run('too few instructions', probe.call('work', u32(1000)), {
    change: (data) => data.setResources(1_000_000, 0, 0).setResourceFee(5_000_000),
  })
  await player.run('too few bytes to write', probe.call('write', u32(20), u32(2), u32(1000)), {
    change: (data) => data.setResources(20_000_000, 0, 1500).setResourceFee(20_000_000),
  })
  await player.run('too little for rent', probe.call('write', u32(30), u32(1), u32(1000)), {
    change: (data) => data.setResourceFee(60_000),
  })
  await player.run('too many instructions to simulate', probe.call('work', u32(1_000_000)))
  await player.run('an entry too large', probe.call('write', u32(31), u32(1), u32(66_000)))
}

async function lifetimes(player: Player, probe: Contract): Promise<void> {
  const cell = (number: number) =>
    xdr.LedgerKey.contractData(
      new xdr.LedgerKeyContractData({
        contract: probe.address().toScAddress(),
        key: xdr.ScVal.scvVec([xdr.ScVal.scvSymbol('Cell'), u32(number)]),
        durability: xdr.ContractDataDurability.persistent,
      }),
    )
  const operation = async (name: string, op: xdr.Operation, data: SorobanDataBuilder) => {
    const bare = await player.payer.build([op], { fee: '100', timeout: 0 })
    const declared = TransactionBuilder.cloneFrom(bare, { fee: '100', networkPassphrase: player.net.passphrase })
      .setSorobanData(data.build())
      .build()
    const answer = await player.simulate(name, declared)
    const { resourceFee } = new SorobanDataBuilder(answer.transactionData!).build()
    const tx = TransactionBuilder.cloneFrom(bare, {
      fee: String(100n + resourceFee),
      networkPassphrase: player.net.passphrase,
    })
      .setSorobanData(answer.transactionData!)
      .build()
    await player.apply(name, tx)
  }
  await player.run('entries to leave alone', probe.call('write', u32(40), u32(2), u32(300)))
  const readOne = await player.payer.build([probe.call('cell', u32(40))], { fee: '100', timeout: 0 })
  const { transactionData } = await player.simulate('read one while it lives', readOne)
  const extend = Operation.extendFootprintTtl({ extendTo: 2_500_000 })
  await operation('extend one by operation', extend, new SorobanDataBuilder().setReadOnly([cell(41)]))
  await player.net.warp(5_000, PERSISTENT)
  const { readOnly, readWrite } = new SorobanDataBuilder(transactionData!).build().resources.footprint
  const tired = await player.payer.build([probe.call('cell', u32(40))], { fee: '90000000', timeout: 0 })
  await player.apply('an archived entry', withFootprint(tired, [...readOnly], [...readWrite]))
  await player.run('an archived entry comes back on the way', probe.call('cell', u32(40)))
  await player.run('the other still lives', probe.call('cell', u32(41)))
  await player.net.warp(5_000, PERSISTENT)
  const restore = Operation.restoreFootprint({})
  await operation('restore by operation', restore, new SorobanDataBuilder().setReadWrite([cell(40), cell(41)]))
  await player.run('read what was restored', probe.call('cell', u32(41)))
}
