/**
 * Public documents on their way to the IPFS services: a document has its CID, computed here, before any service has seen it, so nothing
 * that names it waits for an upload. It is kept on disk until a service has it, and this oracle serves it meanwhile.
 */
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { computeCid, importBytes, isCid } from '@stellartrain/ipfs-content'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { type Backoff, backoffMs, type Log, writeDurably } from '@stellartrain/service'
import { OracleError, type PublicError, publicError } from '../errors.ts'
import type { Publish } from './upload.ts'

/** An IPFS service that takes uploads. */
export type Target = Readonly<{ url: string; upload: Publish }>

export type Outbox = {
  /** Keeps the document and resolves to its CID at once; the uploads go on beside. */
  publish: Publish
  /** The same, and waits until one service has it. Rejects with what the last upload failed with, which can be tried again. */
  deliver: Publish
  /** A document that is on its way, or a block of it. */
  block(cid: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Documents that no service has yet, and since when the oldest of them waits (on the clock of `now`; undefined for none). */
  undelivered(): { count: number; since: number | undefined }
  /** Documents that the disk does not give back. */
  troubles(): Trouble[]
  /** Why the last upload to each service failed; null after a success and before the first. */
  targets(): { url: string; error: PublicError | null }[]
}

/**
 * `damaged`: the disk has other bytes, kept as `<cid>.damaged`; `missing`: the file is gone; both will not be sent any more.
 * `unreadable`: it could not be read the last time, which is tried again.
 */
export type Trouble = Readonly<{ cid: string; code: 'damaged' | 'missing' | 'unreadable' }>

export type OutboxOptions = Readonly<{
  folder: string
  targets: readonly Target[]
  log: Log
  /** Milliseconds that only grow. */
  now: () => number
  random: () => number
  /** Longest wait of `deliver`, milliseconds. */
  deliverMs?: number
  policy?: Backoff
  signal: AbortSignal
}>

const POLICY: Backoff = { firstMs: 1_000, capMs: 120_000 }
const DELIVER_MS = 60_000
/** A service that refuses a document while another has it is not asked for ever. */
const GIVE_UP_MS = 24 * 3_600_000
/** After the CID in the name of a file that has other bytes: its operator may want to look at it. */
const DAMAGED = '.damaged'

type Document = {
  readonly cid: string
  readonly since: number
  /** Services that have yet to take it. */
  readonly lacking: Set<number>
  taken: boolean
  /** Only where the disk did not take it. */
  bytes: Uint8Array<ArrayBuffer> | undefined
  /** Settles when the disk has taken it or refused to. */
  written: Promise<void>
  /** Of a document of several blocks, made when one is asked for. */
  blocks: Map<string, Uint8Array<ArrayBuffer>> | undefined
  readonly waiting: Set<() => void>
}

/** Opens the folder, with what an earlier process left in it, and starts to send. */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { folder, targets, log, now, random, policy = POLICY, deliverMs = DELIVER_MS, signal } = options
  const documents = new Map<string, Document>()
  const troubles = new Map<string, Trouble['code']>()
  const errors = targets.map((): PublicError | null => null)
  let wake = targets.map(() => () => {})
  const fileOf = (cid: string) => join(folder, cid)
  makeFolder(folder)
  for (const name of await readdir(folder)) {
    if (isCid(name)) note(name)
    else if (name.endsWith(DAMAGED)) troubles.set(name.slice(0, -DAMAGED.length), 'damaged')
    else await rm(fileOf(name), { force: true })
  }
  for (const index of targets.keys()) void send(index)

  function note(cid: string, bytes?: Uint8Array<ArrayBuffer>): Document {
    const lacking = new Set(targets.keys())
    const waiting = new Set<() => void>()
    const one = {
      cid,
      since: now(),
      lacking,
      taken: false,
      bytes,
      written: Promise.resolve(),
      blocks: undefined,
      waiting,
    }
    documents.set(cid, one)
    return one
  }

  async function keep(bytes: Uint8Array<ArrayBuffer>): Promise<Document> {
    const cid = await computeCid(bytes)
    const known = documents.get(cid)
    if (known !== undefined) return known
    const document = note(cid, bytes)
    document.written = writeDurably(fileOf(cid), bytes).then(
      () => {
        document.bytes = undefined
      },
      // A full disk keeps nothing back: it is sent out of memory.
      (error: unknown) => log.warn('outbox_not_written', { cid, ...publicError(error) }),
    )
    await document.written
    for (const start of wake) start()
    return document
  }

  /** Or what the disk has in its place; where it cannot be read now, that tells nothing about it. */
  async function bytesOf({ cid, bytes }: Document): Promise<Uint8Array<ArrayBuffer> | Trouble['code']> {
    if (bytes !== undefined) return bytes
    try {
      const read = await readFile(fileOf(cid))
      return (await computeCid(read)) === cid ? new Uint8Array(read) : 'damaged'
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable'
    }
  }

  /** For good only what is known to be lost: a vote names this document. */
  async function lose(document: Document, code: Trouble['code']): Promise<void> {
    const { cid } = document
    // Another sender may have found it first, or delivered it.
    if (documents.get(cid) !== document) return
    if (troubles.get(cid) !== code) log.error(`outbox_${code}`, { cid })
    troubles.set(cid, code)
    if (code === 'unreadable') return
    documents.delete(cid)
    if (code === 'damaged') await rename(fileOf(cid), fileOf(`${cid}${DAMAGED}`)).catch(() => {})
    for (const told of document.waiting) told()
  }

  /** Sends to one service, one document after the other, for as long as the oracle runs. */
  async function send(index: number): Promise<void> {
    const { url, upload } = targets[index]!
    const refused = new Map<string, number>()
    for (let failures = 0; !signal.aborted; ) {
      const document = [...documents.values()].find(
        ({ cid, lacking }) => lacking.has(index) && (refused.get(cid) ?? 0) <= now(),
      )
      if (document === undefined) {
        await idle(index)
        continue
      }
      const bytes = await bytesOf(document)
      if (typeof bytes === 'string') {
        refused.set(document.cid, now() + policy.capMs / 2)
        await lose(document, bytes)
        continue
      }
      if (troubles.get(document.cid) === 'unreadable') troubles.delete(document.cid)
      try {
        await upload(bytes)
        failures = 0
        errors[index] = null
        document.taken = true
        await done(document, index)
      } catch (error) {
        if (signal.aborted) return
        const shown = publicError(error)
        errors[index] = shown
        const wait = backoffMs(policy, ++failures, random())
        if (failures < 4 || failures % 20 === 0)
          log.warn('upload_failed', { url, cid: document.cid, failures, ...shown })
        // This one may be what is wrong: the others go first next time.
        refused.set(document.cid, now() + wait)
        if (document.taken && now() - document.since > GIVE_UP_MS) await done(document, index)
        for (const told of document.waiting) told()
        await pause(wait, undefined, { signal }).catch(() => {})
      }
    }
  }

  async function done(document: Document, index: number): Promise<void> {
    document.lacking.delete(index)
    for (const told of document.waiting) told()
    if (document.lacking.size === 0) await forget(document)
  }

  async function forget({ cid, written }: Document): Promise<void> {
    // It may have been sent before the disk had it: the file would come after its removal, and be sent again at each start.
    await written
    documents.delete(cid)
    troubles.delete(cid)
    for (const name of [cid, `${cid}${DAMAGED}`]) await rm(fileOf(name), { force: true }).catch(() => {})
  }

  /** Until there is a new document, and now and then for those that were refused. */
  async function idle(index: number): Promise<void> {
    const next = new AbortController()
    wake = wake.with(index, () => next.abort())
    const either = AbortSignal.any([signal, next.signal])
    await pause(policy.capMs / 2, undefined, { signal: either, ref: false }).catch(() => {})
  }

  return {
    publish: async (bytes) => (await keep(bytes)).cid,
    async deliver(bytes) {
      const document = await keep(bytes)
      const until = AbortSignal.any([signal, AbortSignal.timeout(deliverMs)])
      while (!document.taken && documents.has(document.cid) && !until.aborted)
        await new Promise<void>((resolve) => {
          const told = () => {
            document.waiting.delete(told)
            until.removeEventListener('abort', told)
            resolve()
          }
          document.waiting.add(told)
          until.addEventListener('abort', told)
        })
      signal.throwIfAborted()
      if (document.taken) return document.cid
      const why = errors.find((error) => error !== null)?.message ?? 'It took too long.'
      throw new OracleError('not_delivered', `No IPFS service has taken the document yet. ${why}`)
    },
    async block(cid) {
      for (const document of documents.values()) {
        if (document.cid === cid && document.blocks === undefined) document.blocks = await blocksOf(document)
        const found = document.blocks?.get(cid)
        if (found !== undefined) return found
      }
      return undefined
    },
    undelivered() {
      const waiting = [...documents.values()].filter(({ taken }) => !taken)
      return { count: waiting.length, since: waiting[0]?.since }
    },
    troubles: () => [...troubles].map(([cid, code]) => ({ cid, code })),
    targets: () => targets.map(({ url }, index) => ({ url, error: errors[index]! })),
  }

  async function blocksOf(document: Document): Promise<Document['blocks']> {
    const bytes = await bytesOf(document)
    if (typeof bytes === 'string') return undefined
    const blocks = new Map<string, Uint8Array<ArrayBuffer>>()
    await importBytes(bytes, async (cid, block) => void blocks.set(cid.toString(), new Uint8Array(block)))
    return blocks
  }
}
