/** Friendbot, as the official one: accounts and contracts below the starting balance get it, those that have it are told so. */

import type { DevnetNode } from '../chain/node.ts'
import { DevnetError } from '../errors.ts'
import type { LedgerRow, TransactionRow } from '../history/record.ts'
import { accountKey, contractId } from '../strkey.ts'

/** 10,000 XLM in stroops. */
const STARTING_BALANCE = 100_000_000_000
const MAX_ACCOUNTS = 100

interface Waiting {
  /** An account's key or a contract's id. */
  key: Buffer
  contract: boolean
  resolve: (transaction: TransactionRow) => void
  reject: (error: unknown) => void
}

/** A transaction under way: whom it funds, or who is to be funded after it. */
interface Sent {
  hash: string
  envelope: Buffer
  funds: Waiting[]
  before: Waiting[]
}

export class Friendbot {
  readonly #node: DevnetNode
  readonly #pending: () => void
  #waiting: Waiting[] = []
  /** The root account has one at a time. */
  #sent: Sent | undefined
  #scheduled = false

  constructor(node: DevnetNode, pending: () => void) {
    this.#node = node
    this.#pending = pending
    node.onClose((ledger) => this.#closed(ledger))
    node.onRestore((sequence) => this.#restored(sequence))
  }

  /**
   * Funds an account or a contract and resolves with the transaction once its ledger has closed.
   * @throws {DevnetError} `BAD_ADDRESS`, `ALREADY_FUNDED`, `FRIENDBOT_BUSY`, `FRIENDBOT_FAILED` or `WENT_BACK`.
   */
  fund(address: string): Promise<TransactionRow> {
    const account = accountKey(address)
    const key = account ?? contractId(address)
    if (!key) {
      return Promise.reject(new DevnetError('BAD_ADDRESS', 'invalid address: must be a valid G or C address'))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, contract: account === undefined, resolve, reject })
      this.#schedule()
    })
  }

  /** Refuses those who still wait. */
  stop(): void {
    this.#refuseAll(new DevnetError('STOPPED', 'the local network has been stopped'))
  }

  /** The chain has forgotten what was pending, so nothing of it may be applied, or waited for, after this. */
  #restored(sequence: number): void {
    const why = `the network went back to ledger ${sequence} before friendbot had paid: ask again`
    this.#refuseAll(new DevnetError('WENT_BACK', why, { retryable: true }))
  }

  #refuseAll(error: DevnetError): void {
    const { funds = [], before = [] } = this.#sent ?? {}
    const refused = [...this.#waiting, ...funds, ...before]
    this.#waiting = []
    this.#sent = undefined
    for (const { reject } of refused) reject(error)
  }

  /** Sends after this turn of the event loop, so that requests which came together go together. */
  #schedule(): void {
    if (this.#scheduled || this.#sent) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#send()
    })
  }

  #send(): void {
    const [first] = this.#waiting
    if (!first) return
    const same = ({ contract, key }: Waiting) => contract === first.contract && (!contract || key.equals(first.key))
    const batch = this.#waiting.filter(same).slice(0, MAX_ACCOUNTS)
    this.#waiting = this.#waiting.filter((waiting) => !batch.includes(waiting))
    try {
      if (first.contract) this.#payContract(batch)
      else this.#payAccounts(batch)
    } catch (error) {
      this.#sent = undefined
      for (const { reject } of batch) reject(error)
    }
    if (this.#waiting.length > 0) this.#schedule()
  }

  #payAccounts(batch: Waiting[]): void {
    // Two requests for one account share its payment.
    const keys = [...new Map(batch.map(({ key }) => [key.toString('hex'), key])).values()]
    const { funded, envelope } = this.#node.fundAccounts(keys, STARTING_BALANCE)
    const done = new Set(keys.filter((_, index) => funded[index]).map((key) => key.toString('hex')))
    const has = ({ key }: Waiting) => done.has(key.toString('hex'))
    for (const { reject } of batch.filter(has)) reject(alreadyFunded())
    if (envelope) this.#submit({ envelope, funds: batch.filter((waiting) => !has(waiting)), before: [] })
  }

  #payContract(batch: Waiting[]): void {
    const next = this.#nextFor(batch[0]!.key)
    if (next instanceof DevnetError) for (const { reject } of batch) reject(next)
    else if (next.step === 'pay') this.#submit({ envelope: next.envelope, funds: batch, before: [] })
    else this.#submit({ envelope: next.envelope, funds: [], before: batch })
  }

  #nextFor(id: Buffer) {
    try {
      return this.#node.fundContract(id, STARTING_BALANCE) ?? alreadyFunded()
    } catch (error) {
      if (!(error instanceof DevnetError && error.code === 'HOST_REFUSED')) throw error
      return new DevnetError('FRIENDBOT_FAILED', `the contract cannot be paid: ${error.message}`, { cause: error })
    }
  }

  #submit(sending: Omit<Sent, 'hash'>): void {
    const { status, hash } = this.#node.submit(sending.envelope)
    if (status === 'PENDING') {
      this.#sent = { ...sending, hash }
      this.#pending()
      return
    }
    const error = new DevnetError('FRIENDBOT_BUSY', `friendbot's transaction was answered ${status}: try again`, {
      retryable: true,
    })
    for (const { reject } of [...sending.funds, ...sending.before]) reject(error)
  }

  /**
   * Whether the queue has what no ledger has so far. In a crowd it may have to wait there; and what the queue lost with a
   * ledger that could not be closed is back in it (`PENDING`) by being asked for.
   */
  #waitsOn(sent: Sent): boolean {
    const { status } = this.#node.submit(sent.envelope)
    return status === 'DUPLICATE' || status === 'PENDING'
  }

  #closed(ledger: LedgerRow): void {
    const sent = this.#sent
    if (!sent) return
    const transaction = ledger.transactions.find(({ hash }) => hash === sent.hash)
    if (!transaction && this.#waitsOn(sent)) return
    this.#sent = undefined
    const error = new DevnetError('FRIENDBOT_FAILED', "friendbot's transaction failed: try again", { retryable: true })
    for (const { resolve, reject } of sent.funds) {
      if (transaction?.success) resolve(transaction)
      else reject(error)
    }
    // Whoever made the native asset's contract first, it is there now: the next step shows whether.
    if (transaction) this.#waiting.unshift(...sent.before)
    else for (const { reject } of sent.before) reject(error)
    if (this.#waiting.length > 0) this.#schedule()
  }
}

const alreadyFunded = () => new DevnetError('ALREADY_FUNDED', 'account already funded to starting balance')

/** A funding transaction: what the official friendbot answers, and what Horizon's answers have besides. */
export function fundedJson(transaction: TransactionRow) {
  return {
    successful: true,
    hash: transaction.hash,
    envelope_xdr: transaction.envelope.toString('base64'),
    id: transaction.hash,
    ledger: transaction.ledger,
    created_at: new Date(transaction.closeTime * 1000).toISOString(),
    result_xdr: transaction.result.toString('base64'),
    result_meta_xdr: transaction.meta.toString('base64'),
  }
}

const PROBLEMS = 'https://stellar.org/friendbot-errors'

/** Why friendbot refused, in the official form. */
export function refusedJson(error: unknown): { status: number; body: object } {
  const code = error instanceof DevnetError ? error.code : ''
  const detail = error instanceof Error ? error.message : String(error)
  const bad = { type: `${PROBLEMS}/bad_request`, title: 'Bad Request', status: 400 }
  if (code === 'ALREADY_FUNDED') return { status: 400, body: { ...bad, detail } }
  if (code === 'BAD_ADDRESS') {
    const extras = { invalid_field: 'addr', reason: detail }
    return { status: 400, body: { ...bad, detail: 'The request you sent was invalid in some way.', extras } }
  }
  const title = 'Service Unavailable'
  return { status: 503, body: { type: `${PROBLEMS}/service_unavailable`, title, status: 503, detail } }
}
