/** The events of some contracts in a closed ledger, as RPC would answer them: with the same ids. */
import { StrKey, xdr } from '@stellar/stellar-sdk/base'
import type { RawEvent } from '@stellartrain/contracts-client'
import { eventId } from '../ids.ts'

export type ClosedLedger = {
  sequence: number
  /** Unix seconds. */
  closedAt: number
  /** In their order. */
  events: RawEvent[]
}

/**
 * @param bytes a file of a lake, decompressed
 * @throws Error for what is no batch of ledgers, or of an older form of events than this contract's
 */
export function ledgersOf(bytes: Uint8Array, contracts: readonly string[]): ClosedLedger[] {
  return xdr.LedgerCloseMetaBatch.fromXdr(bytes).ledgerCloseMetas.map((meta) => readLedger(meta, contracts))
}

function readLedger(meta: xdr.LedgerCloseMeta, contracts: readonly string[]): ClosedLedger {
  const closed = meta.type === 'v0' ? meta.v0 : meta.type === 'v1' ? meta.v1 : meta.v2
  const { ledgerSeq: sequence, scpValue } = closed.ledgerHeader.header
  const closedAt = Number(scpValue.closeTime)
  const frame = { ledger: sequence, ledgerClosedAt: new Date(closedAt * 1_000).toISOString().replace('.000Z', 'Z') }
  const events = closed.txProcessing.flatMap(({ result, txApplyProcessing }, index) => {
    const { type } = result.result.result
    // A failed call leaves nothing.
    if (type !== 'txSuccess' && type !== 'txFeeBumpInnerSuccess') return []
    const txHash = result.transactionHash.toXdr('hex')
    return operationsOf(txApplyProcessing, sequence).flatMap((operation, place) =>
      operation.flatMap((event, number) => {
        const contractId = event.contractId === null ? '' : StrKey.encodeContract(event.contractId.toXdr())
        if (event.type.name !== 'contract' || !contracts.includes(contractId)) return []
        const { topics, data } = event.body.v0
        const one: RawEvent = {
          ...{ ...frame, id: eventId(sequence, index + 1, place, number), txHash, contractId },
          topic: topics.map((topic) => topic.toXdr('base64')),
          value: data.toXdr('base64'),
          ...{ type: 'contract', inSuccessfulContractCall: true },
        }
        return [one]
      }),
    )
  })
  return { sequence, closedAt, events }
}

/** Events by operation. Before protocol 23 they had other ids, and this contract did not exist. */
function operationsOf(meta: xdr.TransactionMeta, ledger: number): readonly (readonly xdr.ContractEvent[])[] {
  if (meta.type === 'v4') return meta.v4.operations.map(({ events }) => events)
  if (meta.type === 'v3' && (meta.v3.sorobanMeta?.events.length ?? 0) > 0)
    throw new Error(`ledger ${ledger} is from before protocol 23; name a later START_LEDGER`)
  return []
}
