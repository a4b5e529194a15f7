/** People who move XLM through its contract, directly and through another contract: signed transactions by the thousand. */
import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { Asset, Contract } from '@stellar/stellar-sdk'
import type { Devnet } from '../src/devnet.ts'
import { address, i128, Person } from '../src/test/kit.ts'
import { call } from './server.ts'

/** What a person repeats: simulated once, then only numbered and signed. */
interface Pattern {
  key: KeyObject
  hint: Buffer
  sequence: () => bigint
  /** The unsigned envelope. */
  envelope: Buffer
}

export interface Prepared {
  /** Envelopes in base64. */
  unsigned: string
  signed: string
  hash: string
}

/** Where the sequence number stands in an envelope: after its type, the sender and the fee. */
const SEQUENCE_AT = 44
const NO_SIGNATURES = 4
/** What precedes a seed of 32 bytes in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export class Load {
  readonly #networkId: Buffer
  readonly transfers: readonly Pattern[]
  readonly calls: readonly Pattern[]

  private constructor(passphrase: string, transfers: readonly Pattern[], calls: readonly Pattern[]) {
    this.#networkId = createHash('sha256').update(passphrase).digest()
    this.transfers = transfers
    this.calls = calls
  }

  /** Funds people on a network that closes a ledger for each transaction, and simulates once what each will do. */
  static async create(url: string, people: number): Promise<Load> {
    const { passphrase } = await call<{ passphrase: string }>(url, 'getNetwork')
    // The kit closes a ledger where none has closed by itself; here one always has.
    const net = { rpcUrl: `${url}/rpc`, passphrase, ledger: () => ({ sequence: 0, closeTime: 0 }) } as unknown as Devnet
    const all: Person[] = []
    for (let index = 0; index < people; index++) all.push(await Person.create(net))
    const first = all[0]!
    const native = Asset.native()
    const token = await first.wrap(native).catch(() => new Contract(native.contractId(passphrase)))
    const probe = await first.deployProbe()
    const transfers: Pattern[] = []
    const calls: Pattern[] = []
    for (const [index, person] of all.entries()) {
      const [from, to, amount] = [address(person.id), address(all[(index + 1) % people]!.id), i128(1n)]
      const prepare = async (op: ReturnType<Contract['call']>) =>
        Buffer.from(
          (await person.server.prepareTransaction(await person.build([op], { timeout: 0 }))).toXdr(),
          'base64',
        )
      let sequence = BigInt((await person.server.getAccount(person.id)).sequenceNumber())
      const shared = {
        key: createPrivateKey({
          key: Buffer.concat([PKCS8, person.key.rawSecretKey()]),
          format: 'der',
          type: 'pkcs8',
        }),
        hint: Buffer.from(person.key.rawPublicKey().subarray(-4)),
        sequence: () => ++sequence,
      }
      transfers.push({ ...shared, envelope: await prepare(token.call('transfer', from, to, amount)) })
      calls.push({
        ...shared,
        envelope: await prepare(probe.call('pay', address(token.contractId()), from, to, amount)),
      })
    }
    return new Load(passphrase, transfers, calls)
  }

  /** One transaction of each person. */
  round(patterns: readonly Pattern[]): Prepared[] {
    return patterns.map(({ key, hint, sequence, envelope }) => {
      envelope.writeBigInt64BE(sequence(), SEQUENCE_AT)
      const body = envelope.subarray(0, -NO_SIGNATURES)
      const hash = createHash('sha256').update(this.#networkId).update(body).digest()
      const signature = Buffer.concat([
        Buffer.from([0, 0, 0, 1]),
        hint,
        Buffer.from([0, 0, 0, 64]),
        sign(null, hash, key),
      ])
      return {
        unsigned: envelope.toString('base64'),
        signed: Buffer.concat([body, signature]).toString('base64'),
        hash: hash.toString('hex'),
      }
    })
  }
}
