/** What the server says of itself and of the newest ledger, and ledger entries by key. */
import { DevnetError, invalidParams } from '../errors.ts'
import { type DevnetNode, PROTOCOL } from '../node.ts'
import { base64, checkFormat, list, type Params } from './params.ts'

const MAX_KEYS = 200

export function getHealth(node: DevnetNode) {
  return {
    status: 'healthy',
    latestLedger: node.history.last.sequence,
    oldestLedger: node.history.first.sequence,
    ledgerRetentionWindow: node.history.retention,
  }
}

export function getNetwork(node: DevnetNode, friendbotUrl: string) {
  return { friendbotUrl, passphrase: node.passphrase, protocolVersion: PROTOCOL }
}

export function getVersionInfo() {
  return {
    version: `stellartrain-devnet ${PROTOCOL}.0`,
    commitHash: '',
    buildTimestamp: '',
    captiveCoreVersion: 'soroban-env-host 28.0.2 in WebAssembly',
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

export function getLedgerEntries(node: DevnetNode, params: Params) {
  checkFormat(params)
  const asked = list(params, 'keys')
  if (asked.length > MAX_KEYS) {
    throw invalidParams(`key count (${asked.length}) exceeds maximum supported (${MAX_KEYS})`)
  }
  const keys = [...new Set(asked)].map((key, index) => {
    const bytes = base64(key)
    if (!bytes) throw invalidParams(`cannot unmarshal key value ${key} at index ${index}`)
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
    if (error instanceof DevnetError && error.code === 'HOST_REFUSED') throw invalidParams(error.message)
    throw error
  }
}
