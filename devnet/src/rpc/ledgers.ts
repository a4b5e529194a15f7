/** What the server says of itself and of the newest ledger, and ledger entries by key. */

import { KeyError } from '../chain/answers.ts'
import { type DevnetNode, PROTOCOL } from '../chain/node.ts'
import { invalidParams } from '../errors.ts'
import { base64, checkFormat, ledgerPage, list, type Params } from './params.ts'

const MAX_KEYS = 200
const MAX_LEDGERS = 200
const DEFAULT_LEDGERS = 50
/** A page of ledgers ends early after this many bytes of meta: its cursor goes on from there. */
const PAGE_BYTES = 32 * 1024 * 1024

export function getHealth(node: DevnetNode) {
  const { first, last } = node.history
  return {
    status: 'healthy',
    latestLedger: last.sequence,
    latestLedgerCloseTime: String(last.closeTime),
    oldestLedger: first.sequence,
    oldestLedgerCloseTime: String(first.closeTime),
    ledgerRetentionWindow: node.history.retention,
  }
}

export function getNetwork(node: DevnetNode, friendbotUrl: string) {
  return { friendbotUrl, passphrase: node.passphrase, protocolVersion: PROTOCOL }
}

export function getVersionInfo() {
  return {
    // Of Stellar RPC, whose interface this is: clients compare it.
    version: `${PROTOCOL}.0.0`,
    commitHash: '',
    buildTimestamp: '',
    captiveCoreVersion: 'stellartrain-devnet: soroban-env-host 28.0.2 in WebAssembly',
    protocolVersion: PROTOCOL,
  }
}

export function getLatestLedger(node: DevnetNode) {
  const { last } = node.history
  const { header, closeMeta } = node.latest()
  return {
    id: last.hash,
    protocolVersion: PROTOCOL,
    sequence: last.sequence,
    closeTime: String(last.closeTime),
    // The history entry is the hash, the header, and an empty extension.
    headerXdr: header.subarray(32, -4).toString('base64'),
    metadataXdr: closeMeta.toString('base64'),
  }
}

export function getLedgers(node: DevnetNode, params: Params) {
  checkFormat(params)
  const { first, last } = node.history
  const { cursor, startLedger, limit } = ledgerPage(params, MAX_LEDGERS, first.sequence, last.sequence)
  const start = cursor === undefined ? startLedger : afterCursor(cursor, first.sequence, last.sequence)
  const ledgers: LedgerInfo[] = []
  let bytes = 0
  for (const ledger of node.history.ledgersFrom(start)) {
    if (ledgers.length >= (limit || DEFAULT_LEDGERS) || bytes > PAGE_BYTES) break
    const { header, closeMeta } = node.past(ledger)
    bytes += closeMeta.length
    ledgers.push({
      hash: ledger.hash,
      sequence: ledger.sequence,
      ledgerCloseTime: String(ledger.closeTime),
      headerXdr: header.toString('base64'),
      metadataXdr: closeMeta.toString('base64'),
    })
  }
  return {
    ledgers,
    latestLedger: last.sequence,
    latestLedgerCloseTime: last.closeTime,
    oldestLedger: first.sequence,
    oldestLedgerCloseTime: first.closeTime,
    cursor: String(ledgers.at(-1)?.sequence ?? start - 1),
  }
}

interface LedgerInfo {
  hash: string
  sequence: number
  ledgerCloseTime: string
  headerXdr: string
  metadataXdr: string
}

/** A cursor is the sequence number of the ledger before. */
function afterCursor(cursor: string, oldest: number, latest: number): number {
  if (!/^\d{1,10}$/.test(cursor) || Number(cursor) > 0xffffffff) {
    throw invalidParams(`strconv.ParseUint: parsing "${cursor}": invalid syntax`)
  }
  const start = Number(cursor) + 1
  if (start >= oldest && start <= latest) return start
  throw invalidParams(
    `cursor ('${cursor}') must be between the oldest ledger: ${oldest} and the latest ledger: ${latest} for this rpc instance`,
  )
}

export function getLedgerEntries(node: DevnetNode, params: Params) {
  checkFormat(params)
  const asked = list(params, 'keys')
  if (asked.length > MAX_KEYS) {
    throw invalidParams(`key count (${asked.length}) exceeds maximum supported (${MAX_KEYS})`)
  }
  const texts = [...new Set(asked)]
  const badKey = (key: unknown) => invalidParams(`cannot unmarshal key value ${key} at index ${asked.indexOf(key)}`)
  const keys = texts.map((key) => {
    const bytes = base64(key)
    if (!bytes) throw badKey(key)
    return bytes
  })
  try {
    const entries = node.entries(keys).flatMap((entry, index) => {
      if (!entry) return []
      return {
        key: keys[index]!.toString('base64'),
        xdr: entry.data,
        lastModifiedLedgerSeq: entry.modified,
        ...(entry.liveUntil !== undefined && { liveUntilLedgerSeq: entry.liveUntil }),
        extXdr: entry.extension,
      }
    })
    return { entries, latestLedger: node.history.last.sequence }
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    throw error.ofLifetime ? invalidParams('ledger ttl entries cannot be queried directly') : badKey(texts[error.place])
  }
}
