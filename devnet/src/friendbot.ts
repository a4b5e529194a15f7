/** Friendbot: new accounts from the root account, those that wait for a ledger together. */
import { DevnetError } from './errors.ts'
import type { DevnetNode } from './node.ts'
import type { LedgerRow, TransactionRow } from './record.ts'
import { accountAddress, accountKey } from './strkey.ts'

/** 10,000 XLM in stroops. */
const STARTING_BALANCE = 100_000_000_000
const MAX_ACCOUNTS = 100

interface Waiting {
  key: Buffer
  resolve: (transaction: TransactionRow) => void
  reject: (error: unknown) => void
}

export class Friendbot {
  readonly #node: DevnetNode
  readonly #pending: () => void
  #waiting: Waiting[] = []
  /** The transaction under way and whom it is for; the root account has one at a time. */
  #sent: { hash: string; envelope: Buffer; waiting: Waiting[] } | undefined
  #scheduled = false

  constructor(node: DevnetNode, pending: () => void) {
    this.#node = node
    this.#pending = pending
    node.onClose((ledger) => this.#closed(ledger))
  }

  /**
   * Creates an account and resolves with the transaction once its ledger has closed.
   * @throws {DevnetError} `BAD_ADDRESS` or `ACCOUNT_EXISTS`.
   */
  fund(address: string): Promise<TransactionRow> {
    const key = accountKey(address)
    if (!key) {
      return Promise.reject(new DevnetError('BAD_ADDRESS', `addr must be an account's address (G…), not '${address}'`))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject })
      this.#schedule()
    })
  }

  /** Refuses those who still wait. */
  stop(): void {
    const error = new DevnetError('STOPPED', 'the local network has been stopped')
    for (const { reject } of [...this.#waiting, ...(this.#sent?.waiting ?? [])]) reject(error)
    this.#waiting = []
  }

  /** Sends after this turn of the event loop, so that requests which came together go together. */
  #schedule(): void {
    if (this.#scheduled || this.#sent) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      try {
        this.#send()
      } catch (error) {
        for (const { reject } of this.#waiting.splice(0)) reject(error)
      }
    })
  }

  #send(): void {
    const batch = this.#waiting.splice(0, MAX_ACCOUNTS).filter((waiting) => this.#isNew(waiting))
    // Two requests for one account share its creation.
    const keys = [...new Map(batch.map(({ key }) => [key.toString('hex'), key])).values()]
    const envelope = keys.length > 0 ? this.#node.friendbot(keys, STARTING_BALANCE) : undefined
    if (envelope) {
      const { status, hash } = this.#node.submit(envelope)
      if (status !== 'PENDING') {
        const error = new DevnetError('FRIENDBOT_BUSY', `friendbot's transaction was answered ${status}`, {
          retryable: true,
        })
        for (const { reject } of batch) reject(error)
      } else {
        this.#sent = { hash, envelope, waiting: batch }
        this.#pending()
      }
    }
    if (this.#waiting.length > 0) this.#schedule()
  }

  #isNew({ key, reject }: Waiting): boolean {
    if (this.#node.friendbot([key], STARTING_BALANCE)) return true
    reject(new DevnetError('ACCOUNT_EXISTS', `${accountAddress(key)} exists already`))
    return false
  }

  #closed(ledger: LedgerRow): void {
    const sent = this.#sent
    if (!sent) return
    const transaction = ledger.transactions.find(({ hash }) => hash === sent.hash)
    // In a crowd it may have to wait, as long as the queue keeps it.
    if (!transaction && this.#node.submit(sent.envelope).status === 'DUPLICATE') return
    this.#sent = undefined
    const error = new DevnetError('FRIENDBOT_FAILED', 'friendbot could not create the account: try again', {
      retryable: true,
    })
    for (const { resolve, reject } of sent.waiting) {
      if (transaction?.success) resolve(transaction)
      else reject(error)
    }
    if (this.#waiting.length > 0) this.#schedule()
  }
}

/** A funding transaction as Horizon's friendbot answers it. */
export function fundedJson(transaction: TransactionRow) {
  return {
    id: transaction.hash,
    hash: transaction.hash,
    successful: true,
    ledger: transaction.ledger,
    created_at: new Date(transaction.closeTime * 1000).toISOString(),
    envelope_xdr: transaction.envelope.toString('base64'),
    result_xdr: transaction.result.toString('base64'),
    result_meta_xdr: transaction.meta.toString('base64'),
  }
}

/** Why friendbot refused, in the form that clients look for. */
export function refusedJson(error: unknown): { status: number; body: object } {
  const code = error instanceof DevnetError ? error.code : ''
  const message = error instanceof Error ? error.message : String(error)
  const status = code === 'BAD_ADDRESS' || code === 'ACCOUNT_EXISTS' ? 400 : 503
  const detail =
    code === 'ACCOUNT_EXISTS'
      ? `account already funded to starting balance (createAccountAlreadyExist): ${message}`
      : message
  const title = status === 400 ? 'Bad Request' : 'Service Unavailable'
  return { status, body: { type: 'https://stellar.org/horizon-errors/bad_request', title, status, detail } }
}
