/** Plain reads of the ledger through RPC: entries by key, accounts, the ledger's clock. */
import { Keypair, xdr } from '@stellar/stellar-sdk/base'
import { ChainFailure } from '../failures.ts'
import type { Chain } from './chain.ts'

export type ReadOptions = { signal?: AbortSignal | undefined }

export type LedgerEntry = {
  /** The key as it was asked for, base64. */
  key: string
  data: xdr.LedgerEntryData
  lastModifiedLedger: number | undefined
  liveUntilLedger: number | undefined
}

type RawEntries = {
  entries?: { key: string; xdr: string; lastModifiedLedgerSeq?: number; liveUntilLedgerSeq?: number }[] | null
  latestLedger: number
}

/** RPC takes at most 200 keys a request. */
const KEYS_PER_REQUEST = 200

/** Reads entries in batches; an entry that does not exist (or is archived) is absent from the map, whose keys are base64 ledger keys. */
export async function readEntries(
  chain: Chain,
  keys: readonly xdr.LedgerKey[],
  { signal }: ReadOptions = {},
): Promise<Map<string, LedgerEntry>> {
  const found = new Map<string, LedgerEntry>()
  for (let start = 0; start < keys.length; start += KEYS_PER_REQUEST) {
    const asked = keys.slice(start, start + KEYS_PER_REQUEST).map((key) => key.toXdr('base64'))
    const answer = await chain.rpc.request<RawEntries>('getLedgerEntries', { keys: asked }, { signal })
    for (const entry of answer.entries ?? []) {
      found.set(entry.key, {
        key: entry.key,
        data: xdr.LedgerEntryData.fromXdr(entry.xdr, 'base64'),
        lastModifiedLedger: entry.lastModifiedLedgerSeq,
        liveUntilLedger: entry.liveUntilLedgerSeq,
      })
    }
  }
  return found
}

/** One entry, or undefined. */
export async function readEntry(chain: Chain, key: xdr.LedgerKey, options: ReadOptions = {}) {
  return (await readEntries(chain, [key], options)).get(key.toXdr('base64'))
}

/** The values of contract data in the order of their keys; undefined where there is none. */
export async function readValues(
  chain: Chain,
  keys: readonly xdr.LedgerKey[],
  options: ReadOptions = {},
): Promise<(xdr.ScVal | undefined)[]> {
  const entries = await readEntries(chain, keys, options)
  return keys.map((key) => {
    const data = entries.get(key.toXdr('base64'))?.data
    return data?.type === 'contractData' ? data.contractData.val : undefined
  })
}

export function accountKey(address: string): xdr.LedgerKey {
  return xdr.LedgerKey.account(new xdr.LedgerKeyAccount({ accountId: Keypair.fromPublicKey(address).xdrAccountId() }))
}

/** The account's entry, or undefined if the account does not exist. */
export async function readAccount(
  chain: Chain,
  address: string,
  options: ReadOptions = {},
): Promise<xdr.AccountEntry | undefined> {
  const entry = await readEntry(chain, accountKey(address), options)
  return entry?.data.type === 'account' ? entry.data.account : undefined
}

/** The account's present sequence number. @throws ChainFailure `no_account` */
export async function readSequence(chain: Chain, address: string, options: ReadOptions = {}): Promise<bigint> {
  const account = await readAccount(chain, address, options)
  if (!account) {
    throw new ChainFailure(
      'no_account',
      `The account ${address} does not exist on this network. It begins to exist with its first XLM.`,
    )
  }
  return account.seqNum
}

export type LedgerClock = { ledger: number; closedAt: number }

/**
 * The latest ledger and when it closed (unix seconds). Asked through a transaction that cannot exist, because that
 * answer is a few bytes on every RPC while getLatestLedger carries the whole ledger's meta data.
 */
export async function readClock(chain: Chain, { signal }: ReadOptions = {}): Promise<LedgerClock> {
  const answer = await chain.rpc.request<{ latestLedger: number; latestLedgerCloseTime: number | string }>(
    'getTransaction',
    { hash: '0'.repeat(64) },
    { signal },
  )
  return { ledger: answer.latestLedger, closedAt: Number(answer.latestLedgerCloseTime) }
}
