/** Pin objects of accounts: what each asked to have kept, under which name; an upload is one, too. */
import { randomUUID } from 'node:crypto'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { IpfsError } from '../errors.ts'
import { parseAnyCid } from '../gateway/any-cid.ts'
import type { IpfsNode } from '../store/node.ts'
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
  node: Pick<IpfsNode, 'records' | 'keep' | 'keeps' | 'kept' | 'unkeep'>
  /** Whether the ledger names the content, as far as is known. */
  named: (cid: string) => Promise<boolean>
  /** Where this node is reached, as multiaddr. */
  delegate: () => string
  /** Milliseconds. */
  now: () => number
}

const PREFIX = '/pin-object/'
const UPLOAD = 'upload-'
/** Pin objects of an account: each is a record that costs nothing else. */
const MOST = 10_000
/** A pin whose content nobody brought by then has failed. */
const WAIT_MS = 7 * 86_400_000

export function createPinObjects({ node, named, delegate, now }: PinObjectsDeps): PinObjects {
  const { records } = node
  const keyOf = (account: string, requestid: string) => `${PREFIX}${account}/${requestid}`

  /** Those that were asked for, and the uploads that no other object stands for; the newest first. */
  async function all(account: string): Promise<Object[]> {
    const found: Object[] = []
    for await (const [requestid, one] of records.entries<Stored>(`${PREFIX}${account}/`))
      found.push({ ...one, requestid })
    const asked = new Set(found.map(({ pin }) => pin.cid))
    for await (const { cid, at } of node.kept(account))
      if (!asked.has(cid)) found.push({ requestid: `${UPLOAD}${cid}`, pin: { cid }, created: (at ?? 0) * 1000 })
    return found.sort((one, other) => other.created - one.created || (one.requestid < other.requestid ? -1 : 1))
  }

  async function statusOf(account: string, { requestid, pin, created }: Object, at: number | null): Promise<PinStatus> {
    const about = { requestid, created: new Date(created).toISOString(), pin, delegates: [delegate()] }
    // Somebody may have brought it meanwhile.
    if ((await node.keeps(account, pin.cid)) || (await node.keep(account, pin.cid, at)))
      return { ...about, status: 'pinned' }
    const details =
      'This node has no peers: bring the content by PUT /v1/uploads/<cid> as an archive, or by POST /v1/uploads.'
    const status = now() - created > WAIT_MS ? 'failed' : 'queued'
    return { ...about, status, info: { status_details: details } }
  }

  async function find(account: string, requestid: string): Promise<Object> {
    const one = (await all(account)).find((object) => object.requestid === requestid)
    if (one === undefined) throw new IpfsError('not_found', 'This account has no pin with this requestid.')
    return one
  }

  return {
    async add(account, asked, at) {
      const cid = parseCid(parseAnyCid(asked.cid).toString()).toString()
      if ((await all(account)).length >= MOST)
        throw new IpfsError('account_full', `An account has at most ${MOST} pins here.`)
      const one = { requestid: randomUUID(), pin: { ...asked, cid }, created: now() }
      await records.put(keyOf(account, one.requestid), { pin: one.pin, created: one.created })
      return statusOf(account, one, at)
    },
    async get(account, requestid, at) {
      return statusOf(account, await find(account, requestid), at)
    },
    async list(account, query, at) {
      const cids = new Set(query.cid.map((text) => parseAnyCid(text).toString()))
      const { before, after, meta = {} } = query
      const candidates = (await all(account)).filter(
        ({ pin, created }) =>
          (cids.size === 0 || cids.has(pin.cid)) &&
          nameMatches(pin.name, query) &&
          (before === undefined || created < Date.parse(before)) &&
          (after === undefined || created > Date.parse(after)) &&
          Object.entries(meta).every(([key, value]) => pin.meta?.[key] === value),
      )
      const found: PinStatus[] = []
      for (const one of candidates) {
        const status = await statusOf(account, one, at)
        if (query.status.length === 0 || query.status.includes(status.status)) found.push(status)
      }
      return { count: found.length, results: found.slice(0, query.limit) }
    },
    async remove(account, requestid) {
      const { pin } = await find(account, requestid)
      await records.del(keyOf(account, requestid))
      const others = (await all(account)).filter((one) => one.pin.cid === pin.cid && !one.requestid.startsWith(UPLOAD))
      if (others.length === 0) await node.unkeep(account, pin.cid, await named(pin.cid))
    },
  }
}
