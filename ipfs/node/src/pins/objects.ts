/** Pin objects of accounts: what each asked to have kept, under which name; an upload is one, too. */
import { randomUUID } from 'node:crypto'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { IpfsError } from '../errors.ts'
import { parseAnyCid } from '../gateway/any-cid.ts'
import { LEAST_CHARGE } from '../store/accounts.ts'
import type { IpfsNode } from '../store/node.ts'
import type { Holder } from '../store/shares.ts'
import { nameMatches, type Pin, type PinQuery, type PinStatus } from './shapes.ts'

type Stored = { pin: Pin; created: number }
type Object = Stored & { requestid: string }

export type PinObjects = {
  add(account: string, pin: Pin, at: number | null): Promise<PinStatus>
  /** @throws IpfsError `not_found` */
  get(account: string, requestid: string, at: number | null): Promise<PinStatus>
  list(account: string, query: PinQuery, at: number | null): Promise<{ count: number; results: PinStatus[] }>
  /** The content goes with its last pin of any account, unless the ledger names it. @throws IpfsError `not_found` */
  remove(account: string, requestid: string): Promise<void>
}

export type PinObjectsDeps = {
  node: Pick<IpfsNode, 'pinRecords' | 'keep' | 'keeps' | 'kept' | 'keptOne' | 'unkeep'>
  /** Whether the ledger names the content, as far as is known. */
  named: (cid: string) => Promise<boolean>
  /** Where this node is reached, as multiaddr. */
  delegate: () => string
  /** What the caller's address may keep in a day. `check` throws IpfsError `address_full`. */
  budget: { check(bytes: number): void; spend(bytes: number): void }
  /** Whose share of the room an account's pins take. */
  holderOf: (account: string) => Holder
  /** Milliseconds. */
  now: () => number
}

const UPLOAD = 'upload-'
const FULL: ReadonlySet<string> = new Set(['account_full', 'uploads_full', 'address_full'])
/** A pin whose content nobody brought by then has failed. */
const WAIT_MS = 7 * 86_400_000
/** And is forgotten by then. */
const FORGET_MS = 2 * WAIT_MS
/** An answer has at most so much; `before` asks for the rest. */
const MOST_LIST_BYTES = 1024 ** 2

const newestFirst = (one: Object, other: Object) =>
  other.created - one.created || (one.requestid < other.requestid ? -1 : 1)

export function createPinObjects({ node, named, delegate, budget, holderOf, now }: PinObjectsDeps): PinObjects {
  const { pinRecords: records } = node

  /** Those that were asked for, and the uploads that no other object stands for; one by one, for an account may have many. */
  async function* each(account: string): AsyncGenerator<Object> {
    const asked = new Set<string>()
    for await (const [requestid, one] of records.of<Stored>(account)) {
      asked.add(one.pin.cid)
      yield { ...one, requestid }
    }
    for await (const { cid, at } of node.kept(account)) if (!asked.has(cid)) yield uploaded(cid, at)
  }

  const uploaded = (cid: string, at: number | null): Object => {
    return { requestid: `${UPLOAD}${cid}`, pin: { cid }, created: (at ?? 0) * 1000 }
  }

  async function isAsked(account: string, cid: string): Promise<boolean> {
    for await (const [, { pin }] of records.of<Stored>(account)) if (pin.cid === cid) return true
    return false
  }

  function allow(bytes: number): void {
    budget.check(bytes)
    budget.spend(bytes)
  }

  async function statusOf(account: string, { requestid, pin, created }: Object, at: number | null): Promise<PinStatus> {
    const about = { requestid, created: new Date(created).toISOString(), pin, delegates: [delegate()] }
    let details =
      'This node has no peers: bring the content by PUT /v1/uploads/<cid> as an archive, or by POST /v1/uploads.'
    try {
      // Somebody may have brought it meanwhile.
      if ((await node.keeps(account, pin.cid)) || (await node.keep(account, pin.cid, at, holderOf(account), allow)))
        return { ...about, status: 'pinned' }
    } catch (error) {
      // What is full now need not be later.
      if (!(error instanceof IpfsError) || !FULL.has(error.code)) throw error
      details = error.message
    }
    const status = now() - created > WAIT_MS ? 'failed' : 'queued'
    return { ...about, status, info: { status_details: details } }
  }

  async function find(account: string, requestid: string): Promise<Object> {
    if (requestid.startsWith(UPLOAD)) {
      const cid = requestid.slice(UPLOAD.length)
      const upload = await node.keptOne(account, cid)
      if (upload !== undefined && !(await isAsked(account, cid))) return uploaded(cid, upload.at)
    } else {
      const one = await records.get<Stored>(account, requestid)
      if (one !== undefined) return { ...one, requestid }
    }
    throw new IpfsError('not_found', 'This account has no pin with this requestid.')
  }

  return {
    async add(account, asked, at) {
      const cid = parseCid(parseAnyCid(asked.cid).toString()).toString()
      budget.check(LEAST_CHARGE)
      const one = { requestid: randomUUID(), pin: { ...asked, cid }, created: now() }
      await records.put(account, one.requestid, { pin: one.pin, created: one.created }, holderOf(account))
      budget.spend(LEAST_CHARGE)
      return statusOf(account, one, at)
    },
    async get(account, requestid, at) {
      return statusOf(account, await find(account, requestid), at)
    },
    async list(account, query, at) {
      const cids = new Set(query.cid.map((text) => parseAnyCid(text).toString()))
      const { before, after, meta = {} } = query
      const fits = ({ pin, created }: Object) =>
        (cids.size === 0 || cids.has(pin.cid)) &&
        nameMatches(pin.name, query) &&
        (before === undefined || created < Date.parse(before)) &&
        (after === undefined || created > Date.parse(after)) &&
        Object.entries(meta).every(([key, value]) => pin.meta?.[key] === value)
      // An upload is kept, or it would not be there.
      const status = (one: Object) =>
        one.requestid.startsWith(UPLOAD) ? 'pinned' : statusOf(account, one, at).then((found) => found.status)
      let count = 0
      let newest: Object[] = []
      for await (const one of each(account)) {
        if (!fits(one) || (query.status.length > 0 && !query.status.includes(await status(one)))) continue
        count++
        newest.push(one)
        if (newest.length >= 2 * query.limit) newest = newest.sort(newestFirst).slice(0, query.limit)
      }
      const results: PinStatus[] = []
      let bytes = 0
      for (const one of newest.sort(newestFirst).slice(0, query.limit)) {
        const found = await statusOf(account, one, at)
        bytes += Buffer.byteLength(JSON.stringify(found))
        if (bytes > MOST_LIST_BYTES) break
        results.push(found)
      }
      return { count, results }
    },
    async remove(account, requestid) {
      const { pin } = await find(account, requestid)
      if (!requestid.startsWith(UPLOAD)) await records.drop(account, requestid)
      if (!(await isAsked(account, pin.cid))) await node.unkeep(account, pin.cid, await named(pin.cid))
    },
  }
}

/** Whether a stored pin object is forgotten where its content is not kept. @param now milliseconds */
export const isOver = (now: number) => (value: unknown) => {
  const { pin, created } = value as Stored
  return now - created > FORGET_MS ? pin : undefined
}
