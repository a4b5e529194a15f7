/** A ledger of events in memory that gives each its place: what a contract would emit, without a contract. */
import { isRecordsEvent, isRecountEvent } from '../decode/decode.ts'
import type { ContractEvent } from '../decode/events.ts'
import type { PlacedEvent } from '../project/apply.ts'
import { encodeEvent, type RpcEvent } from './encode.ts'
import { contractOf, hashOf } from './random.ts'

export const FIRST_LEDGER = 1_000
export const LEDGER_SECONDS = 5
export const START_TIME = 1_790_000_000

export type EventChain = {
  readonly contract: string
  /** Of records and badges. */
  readonly records: string
  /** The judge that grades. */
  readonly recount: string
  readonly events: PlacedEvent[]
  readonly raw: RpcEvent[]
  ledger(): number
  time(): number
  /** Closes ledgers until this many seconds have passed. */
  pass(seconds: number): void
  /** One transaction with these events. */
  emit(...events: ContractEvent[]): void
}

/** @param begin its first ledger; the clock follows from it */
export function createEventChain(contract: string, begin = FIRST_LEDGER): EventChain {
  let ledger = begin
  const records = contractOf('records')
  const recount = contractOf('recount')
  const of = (event: ContractEvent) => (isRecordsEvent(event) ? records : isRecountEvent(event) ? recount : contract)
  let transaction = 0
  const events: PlacedEvent[] = []
  const raw: RpcEvent[] = []
  const time = () => START_TIME + (ledger - FIRST_LEDGER) * LEDGER_SECONDS
  return {
    contract,
    records,
    recount,
    events,
    raw,
    ledger: () => ledger,
    time,
    pass(seconds) {
      ledger += Math.max(1, Math.ceil(seconds / LEDGER_SECONDS))
      transaction = 0
    },
    emit(...list) {
      transaction += 1
      const txHash = hashOf(`tx ${ledger} ${transaction}`)
      list.forEach((event, index) => {
        const toid = (BigInt(ledger) << 32n) | (BigInt(transaction) << 12n) | 1n
        const id = `${toid.toString().padStart(19, '0')}-${String(index).padStart(10, '0')}`
        const place = { id, ledger, closedAt: time(), txHash }
        events.push({ place, event })
        raw.push(encodeEvent(event, place, of(event)))
      })
    },
  }
}
