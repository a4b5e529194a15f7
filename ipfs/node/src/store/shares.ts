/**
 * Which part of the room for uploads everyone may take. Whoever came first would have all of it, were there only a limit for all, and a limit
 * for each would be either too low for a data set or too high for a handful of strangers. So each address may take an eighth of what is still
 * free, and its network a quarter: however many come, something is left for the next one. What the first ones have beyond the share as it is
 * later may be let go where space is short.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { networkKey } from '@stellartrain/service'
import { IpfsError } from '../errors.ts'
import type { Records } from './records.ts'

/**
 * Who an upload counts for: an address and its network, or an account that has a part in a challenge, in hashes, for what is kept should not
 * tell where its uploader was. Undefined for this machine's own, which may take what is free.
 */
export type Holder = string | undefined

/** Of what is free, a holder's own part and that of all of its network. */
const OWN = 1 / 8
const NETWORK = 1 / 4
/** Of all, what strangers leave to the makers and oracles of challenges. */
const FOR_PARTS = 1 / 8
/** While less of all is free, what is over its holder's share may be let go early. */
const CROWDED = 1 / 4

const SALT = '/share-salt'
const PART = 'part'

export type Shares = {
  /** @param address of `clientKey`; null for this machine's own */
  holderOf(of: { address: string | null; account: string; hasPart: boolean }): Holder
  /** @throws IpfsError `uploads_full` where the holder has as much as one may, or nothing is free @param free what would be, bytes */
  check(holder: Holder, more: number, free: number): void
  /** Counts what a holder keeps; below 0 what it gives back. */
  add(holder: Holder, bytes: number): void
  /** For an upload on its way: what it takes until it is kept. */
  begin(holder: Holder): UnderWay
  /** What all uploads on their way take, bytes. */
  readonly underWay: number
  /** Whether the holder, or its network, has more than its share while little is free. */
  isOver(holder: Holder, free: number): boolean
  /** To see what would be: what is counted there is not counted here. */
  trial(): Pick<Shares, 'add' | 'isOver'>
  /** What one address that has nothing here may take. */
  ofNewcomer(free: number): number
}

/** It counts apart from what is kept, by the same rule: who has all its share may send again what it keeps. */
export type UnderWay = {
  /** @throws IpfsError `uploads_full` where so many bytes more are over the holder's share of what is free */
  check(more: number, free: number): void
  /** Below 0 for what it gives back. */
  add(bytes: number): void
  /** All that is left of it. */
  end(): void
}

/** @param total the room for all uploads, bytes */
export async function openShares(records: Records, total: number): Promise<Shares> {
  const salt = (await records.get<string>(SALT)) ?? randomBytes(32).toString('hex')
  await records.put(SALT, salt)
  const hash = (text: string) => createHmac('sha256', salt).update(text).digest('base64url').slice(0, 12)
  const counts = createCounts(total)
  const onTheirWay = createCounts(total)
  let underWay = 0

  return {
    holderOf({ address, account, hasPart }) {
      if (hasPart) return `${PART}/${hash(account)}`
      return address === null ? undefined : `${hash(networkKey(address))}/${hash(address)}`
    },
    check(holder, more, free) {
      if (free < 0) throw uploadsFull()
      if (counts.exceeds(holder, more, free)) throw shareFull()
    },
    add: counts.add,
    begin(holder) {
      let own = 0
      const add = (bytes: number) => {
        own += bytes
        underWay += bytes
        onTheirWay.add(holder, bytes)
      }
      const check = (more: number, free: number) => {
        if (onTheirWay.exceeds(holder, more, free)) throw shareFull()
      }
      return { check, add, end: () => add(-own) }
    },
    get underWay() {
      return underWay
    },
    isOver: counts.isOver,
    trial: counts.copy,
    ofNewcomer: (free) => Math.floor(Math.max(0, free - total * FOR_PARTS) * (OWN / (1 + OWN))),
  }
}

/** What every holder and every network has. */
function createCounts(total: number, held = new Map<string, number>()) {
  /** Whose bytes count together, and which part of what is free they may have. */
  function groupsOf(holder: string): [group: string, part: number][] {
    const [network = ''] = holder.split('/', 1)
    const own: [string, number] = [holder, OWN]
    return network === PART ? [own] : [own, [network, NETWORK]]
  }

  function exceeds(holder: Holder, more: number, free: number): boolean {
    if (holder === undefined) return false
    const room = holder.startsWith(`${PART}/`) ? free : free - total * FOR_PARTS
    return groupsOf(holder).some(([group, part]) => (held.get(group) ?? 0) + more > Math.max(0, room) * part)
  }

  return {
    exceeds,
    isOver: (holder: Holder, free: number) => free < total * CROWDED && exceeds(holder, 0, free),
    add(holder: Holder, bytes: number): void {
      if (holder === undefined) return
      for (const [group] of groupsOf(holder)) {
        const now = (held.get(group) ?? 0) + bytes
        if (now > 0) held.set(group, now)
        else held.delete(group)
      }
    },
    copy: () => createCounts(total, new Map(held)),
  }
}

export function uploadsFull(): IpfsError {
  const what =
    'This node has no room for more uploads now; those that the ledger does not name are let go after a time.'
  return new IpfsError('uploads_full', `${what} Use another service.`)
}

function shareFull(): IpfsError {
  const what =
    'Your address or its network keeps as much here as one may that the ledger does not name, for room must be left for others.'
  return new IpfsError('uploads_full', `${what} What a challenge names does not count. Use another service.`)
}
