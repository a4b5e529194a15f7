/** Every kind of operation that exists: done as the network does it, or refused with its own error; nothing is accepted silently. */
import { Asset, Claimant, LiquidityPoolAsset, type OperationType as Name, xdr } from '@stellar/stellar-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import { ended, hash, Keypair, Operation, Person } from './kit.ts'

let net: Devnet
let ana: Person
let ben: Person

beforeAll(async () => {
  net = await startDevnet({ interval: 'auto' })
  ;[ana, ben] = await Promise.all([Person.create(net), Person.create(net)])
})
afterAll(() => net.close())

type Op = Parameters<Person['build']>[0][number]

const REFUSED = 'opNotSupported'
const native = Asset.native()
const usd = () => new Asset('USD', ben.id)
const pool = () => new LiquidityPoolAsset(native, usd(), 30)
const balanceId = '0'.repeat(72)
const liquidityPoolId = 'ab'.repeat(32)

/** Each kind with an example and what comes of it; a kind that the network gets is missing here until it is decided upon. */
const KINDS = {
  createAccount: [() => Operation.createAccount({ destination: Keypair.random().publicKey(), startingBalance: '1' })],
  payment: [() => Operation.payment({ destination: ben.id, asset: native, amount: '1' })],
  pathPaymentStrictReceive: [
    () =>
      Operation.pathPaymentStrictReceive({
        sendAsset: native,
        sendMax: '1',
        destination: ben.id,
        destAsset: native,
        destAmount: '1',
        path: [],
      }),
    REFUSED,
  ],
  manageSellOffer: [
    () => Operation.manageSellOffer({ selling: native, buying: usd(), amount: '1', price: '1' }),
    REFUSED,
  ],
  createPassiveSellOffer: [
    () => Operation.createPassiveSellOffer({ selling: native, buying: usd(), amount: '1', price: '1' }),
    REFUSED,
  ],
  setOptions: [() => Operation.setOptions({ homeDomain: 'example.org' })],
  changeTrust: [() => Operation.changeTrust({ asset: usd() })],
  allowTrust: [
    () => Operation.allowTrust({ trustor: ben.id, assetCode: 'USD', authorize: true }),
    'allowTrustNoTrustLine',
  ],
  accountMerge: [() => Operation.accountMerge({ destination: Keypair.random().publicKey() }), 'accountMergeNoAccount'],
  inflation: [() => Operation.inflation(), REFUSED],
  manageData: [() => Operation.manageData({ name: 'a', value: 'b' })],
  bumpSequence: [() => Operation.bumpSequence({ bumpTo: '1' })],
  manageBuyOffer: [
    () => Operation.manageBuyOffer({ selling: native, buying: usd(), buyAmount: '1', price: '1' }),
    REFUSED,
  ],
  pathPaymentStrictSend: [
    () =>
      Operation.pathPaymentStrictSend({
        sendAsset: native,
        sendAmount: '1',
        destination: ben.id,
        destAsset: native,
        destMin: '1',
        path: [],
      }),
    REFUSED,
  ],
  createClaimableBalance: [
    () => Operation.createClaimableBalance({ asset: native, amount: '1', claimants: [new Claimant(ben.id)] }),
  ],
  claimClaimableBalance: [() => Operation.claimClaimableBalance({ balanceId }), 'claimClaimableBalanceDoesNotExist'],
  beginSponsoringFutureReserves: [() => Operation.beginSponsoringFutureReserves({ sponsoredId: ben.id }), REFUSED],
  endSponsoringFutureReserves: [() => Operation.endSponsoringFutureReserves(), REFUSED],
  revokeSponsorship: [() => Operation.revokeAccountSponsorship({ account: ana.id }), REFUSED],
  clawback: [() => Operation.clawback({ asset: new Asset('A', ana.id), from: ben.id, amount: '1' }), 'clawbackNoTrust'],
  clawbackClaimableBalance: [
    () => Operation.clawbackClaimableBalance({ balanceId }),
    'clawbackClaimableBalanceDoesNotExist',
  ],
  setTrustLineFlags: [
    () => Operation.setTrustLineFlags({ trustor: ben.id, asset: new Asset('A', ana.id), flags: { authorized: true } }),
    'setTrustLineFlagsNoTrustLine',
  ],
  liquidityPoolDeposit: [
    () =>
      Operation.liquidityPoolDeposit({
        liquidityPoolId,
        maxAmountA: '1',
        maxAmountB: '1',
        minPrice: '1',
        maxPrice: '1',
      }),
    REFUSED,
  ],
  liquidityPoolWithdraw: [
    () => Operation.liquidityPoolWithdraw({ liquidityPoolId, amount: '1', minAmountA: '1', minAmountB: '1' }),
    REFUSED,
  ],
  // Without what contracts must declare, these are no transactions at all; what they do is tested elsewhere.
  invokeHostFunction: [() => Operation.uploadContractWasm({ wasm: hash('no wasm') }), 'txMalformed'],
  extendFootprintTtl: [() => Operation.extendFootprintTtl({ extendTo: 1 }), 'txMalformed'],
  restoreFootprint: [() => Operation.restoreFootprint({}), 'txMalformed'],
} satisfies Record<xdr.OperationTypeName, [op: () => Op, outcome?: string]>

describe('by itself', () => {
  for (const [kind, [op, outcome = 'txSuccess']] of Object.entries(KINDS)) {
    test(`${kind} ends with ${outcome}`, async () => {
      expect(op().body.type).toBe(kind)
      expect(await ended(ana.send(op()))).toBe(outcome)
    })
  }

  test('the table has every kind that the XDR has', () => {
    const kinds: Name[] = []
    for (let value = 0; ; value++) {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      try {
        kinds.push(xdr.OperationType.fromXdr(bytes).name as never)
      } catch {
        break
      }
    }
    expect(Object.keys(KINDS).toSorted()).toEqual(kinds.toSorted())
  })
})

test('a line for pool shares, and every form of revoking, is refused as well', async () => {
  const seller = ana.id
  const refused: Op[] = [
    Operation.changeTrust({ asset: pool() }),
    Operation.revokeTrustlineSponsorship({ account: ana.id, asset: usd() }),
    Operation.revokeOfferSponsorship({ seller, offerId: '1' }),
    Operation.revokeDataSponsorship({ account: ana.id, name: 'a' }),
    Operation.revokeClaimableBalanceSponsorship({ balanceId }),
    Operation.revokeLiquidityPoolSponsorship({ liquidityPoolId }),
    Operation.revokeSignerSponsorship({ account: ana.id, signer: { ed25519PublicKey: ben.id } }),
  ]
  for (const op of refused) expect(await ended(ana.send(op))).toBe(REFUSED)
})

test('one operation that is not supported keeps its whole transaction out', async () => {
  const before = await ana.balance()
  const offer = KINDS.manageSellOffer[0]()
  const pay = KINDS.payment[0]()
  expect(await ended(ana.send(pay, offer))).toBe(REFUSED)
  expect(await ended(ana.send(offer, pay))).toBe(REFUSED)
  expect(await ana.balance()).toBe(before)
  // Sponsorship begins nowhere, so that nothing can be made at the expense of somebody else.
  const begin = Operation.beginSponsoringFutureReserves({ sponsoredId: ben.id })
  const end = Operation.endSponsoringFutureReserves({ source: ben.id })
  const tx = await ana.build([begin, KINDS.manageData[0](), end])
  expect(await ended(ana.submit(tx, [ana.key, ben.key]))).toBe(REFUSED)
})
