/**
 * A chain on disk: `chain.json` says which; segments of framed records hold every ledger; snapshots hold the state, so
 * that a start need not replay them all. A crash can only cut off the newest record, and never one that was shown.
 */
import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DevnetError } from '../errors.ts'
import { Reader } from '../wire.ts'
import { recordAfter } from './damage.ts'
import { frame, HEAD, unframe } from './frames.ts'
import { checkIdentity } from './identity.ts'
import { lock } from './lock.ts'
import type { Place, Saved, State, Store, Written } from './store.ts'

/** A segment is closed, and a snapshot written, after this many bytes. */
const SEGMENT_BYTES = 32 * 1024 * 1024
const SYNC_EVERY = 1000

export interface DiskOptions {
  home: string
  /** Text that must be equal at every start, such as passphrase and settings. */
  identity: string
  segmentBytes?: number | undefined
}

export class DiskStore implements Store {
  readonly #options: DiskOptions
  readonly #segmentBytes: number
  #unlock: (() => void) | undefined
  #file: number | undefined
  #size = 0
  /** The first ledger of each segment, oldest first; a segment's number as a file. */
  #segments: number[] = []
  readonly #readers = new Map<number, number>()
  #sync: NodeJS.Timeout | undefined

  constructor(options: DiskOptions) {
    this.#options = options
    this.#segmentBytes = options.segmentBytes ?? SEGMENT_BYTES
  }

  async open(): Promise<Saved | undefined> {
    const { home, identity } = this.#options
    this.#unlock = take(home)
    try {
      return this.#read(home, identity)
    } catch (error) {
      await this.close()
      throw error
    }
  }

  #read(home: string, identity: string): Saved | undefined {
    const snapshots = this.#list('state')
    if (snapshots.length === 0) return undefined
    if (!existsSync(join(home, 'chain.json'))) throw this.#damaged('chain.json, which says what network it is, is gone')
    checkIdentity(home, readFileSync(join(home, 'chain.json'), 'utf8'), identity)
    const snapshot = this.#newestSnapshot(snapshots)
    return { ...snapshot, records: () => this.#readSegments(snapshot.sequence) }
  }

  #newestSnapshot(numbers: number[]): State {
    for (const sequence of numbers.toReversed()) {
      const { blobs } = unframe(readFileSync(this.#path('state', sequence)))
      if (blobs[0]) return { state: blobs[0], sequence }
    }
    throw this.#damaged(`none of its states (${numbers.map((sequence) => this.#path('state', sequence))}) can be read`)
  }

  /** Reads all records and leaves the newest segment open, without a tail that a crash cut off. */
  *#readSegments(snapshot: number): Generator<Written> {
    this.#segments = this.#list('ledgers')
    let last: Buffer | undefined
    for (const file of this.#segments) {
      const path = this.#path('ledgers', file)
      const bytes = readFileSync(path)
      const { blobs, length } = unframe(bytes)
      let offset = 0
      for (const record of blobs) {
        yield { record, place: { file, offset, length: record.length } }
        offset += HEAD + record.length
        last = record
      }
      const newest = file === this.#segments.at(-1)
      if (length < bytes.length) this.#assertTorn({ path, bytes, length, newest, last })
      if (newest) {
        this.#assertReached(last, snapshot)
        this.#file = openSync(path, 'r+')
        if (length < bytes.length) ftruncateSync(this.#file, length)
        this.#size = length
      }
    }
    if (this.#segments.length === 0) this.#assertReached(undefined, snapshot)
    this.#startSync()
  }

  /** A crash can only cut off the newest record: what cannot be read and is followed by something is damage. */
  #assertTorn({ path, bytes, length, newest, last }: Unreadable): void {
    const next = recordAfter(bytes, length)
    if (newest && next === undefined) return
    const before = last ? `after ledger ${new Reader(last).number()}` : 'from its start'
    const behind = next === undefined ? 'other files follow it' : `ledger ${next} behind it is whole`
    throw this.#damaged(
      `${path} cannot be read at byte ${length}, ${before}, though ${behind}`,
      'Put back a copy of that file',
    )
  }

  #assertReached(last: Buffer | undefined, snapshot: number): void {
    const reached = last ? new Reader(last).number() : 0
    if (reached >= snapshot) return
    const state = this.#path('state', snapshot)
    const older = this.#list('state').some((sequence) => sequence <= reached)
    throw this.#damaged(
      `ledgers ${reached + 1} to ${snapshot} are missing`,
      older ? `Put back the file that held them, or remove ${state} to continue from ledger ${reached}` : undefined,
    )
  }

  async begin(record: Uint8Array, state: Uint8Array): Promise<Place> {
    const { home, identity } = this.#options
    for (const name of readdirSync(home)) if (/^(ledgers|state)-\d+/.test(name)) rmSync(join(home, name))
    writeFileSync(join(home, 'chain.json'), identity)
    this.#openSegment(1)
    const place = this.#write(record)
    // Last, for it is what tells a begun home from an empty one.
    this.#saveSnapshot({ sequence: 1, state })
    this.#startSync()
    return place
  }

  append(sequence: number, record: Uint8Array, state: () => Uint8Array): Place {
    const place = this.#write(record)
    if (this.#size >= this.#segmentBytes) {
      this.#saveSnapshot({ sequence, state: state() })
      this.#openSegment(sequence + 1)
    }
    return place
  }

  read({ file, offset, length }: Place): Buffer {
    const bytes = Buffer.alloc(HEAD + length)
    const descriptor = file === this.#segments.at(-1) && this.#file !== undefined ? this.#file : this.#reader(file)
    let at = 0
    while (at < bytes.length) {
      const read = readSync(descriptor, bytes, at, bytes.length - at, offset + at)
      if (read === 0) break
      at += read
    }
    const record = unframe(bytes).blobs[0]
    if (!record) throw this.#damaged(`${this.#path('ledgers', file)} cannot be read at byte ${offset}`)
    return record
  }

  forget(oldest: Place): void {
    while (this.#segments[0]! < oldest.file) {
      const file = this.#segments.shift()!
      const reader = this.#readers.get(file)
      if (reader !== undefined) closeSync(reader)
      this.#readers.delete(file)
      rmSync(this.#path('ledgers', file))
    }
  }

  #reader(file: number): number {
    const reader = this.#readers.get(file) ?? openSync(this.#path('ledgers', file), 'r')
    this.#readers.set(file, reader)
    return reader
  }

  async close(last?: () => State): Promise<void> {
    try {
      if (last && this.#file !== undefined) this.#saveSnapshot(last())
    } catch {
      // The ledgers are there without it; the next start takes longer.
    }
    clearInterval(this.#sync)
    for (const reader of this.#readers.values()) closeSync(reader)
    this.#readers.clear()
    if (this.#file !== undefined) {
      fsyncSync(this.#file)
      closeSync(this.#file)
      this.#file = undefined
    }
    this.#unlock?.()
    this.#unlock = undefined
  }

  #write(record: Uint8Array): Place {
    if (this.#file === undefined) throw new DevnetError('STOPPED', 'the store is closed')
    const bytes = frame(record)
    let written = 0
    while (written < bytes.length) {
      written += writeSync(this.#file, bytes, written, bytes.length - written, this.#size + written)
    }
    const place = { file: this.#segments.at(-1)!, offset: this.#size, length: record.length }
    this.#size += bytes.length
    return place
  }

  #openSegment(first: number): void {
    if (this.#file !== undefined) {
      fsyncSync(this.#file)
      closeSync(this.#file)
    }
    this.#file = openSync(this.#path('ledgers', first), 'w+')
    this.#segments.push(first)
    this.#size = 0
  }

  /** Whole or not at all: written beside, synced, then renamed; two are kept. */
  #saveSnapshot({ sequence, state }: State): void {
    if (this.#file !== undefined) fsyncSync(this.#file)
    const path = this.#path('state', sequence)
    const file = openSync(`${path}.new`, 'w')
    const bytes = frame(state)
    let written = 0
    while (written < bytes.length) written += writeSync(file, bytes, written)
    fsyncSync(file)
    closeSync(file)
    renameSync(`${path}.new`, path)
    for (const old of this.#list('state').slice(0, -2)) rmSync(this.#path('state', old))
  }

  /** The kill of a process loses nothing that was written; against a loss of power the file is synced each second. */
  #startSync(): void {
    this.#sync = setInterval(() => {
      if (this.#file !== undefined) fdatasync(this.#file, () => {})
    }, SYNC_EVERY)
    this.#sync.unref()
  }

  #path(kind: 'ledgers' | 'state', sequence: number): string {
    return join(this.#options.home, `${kind}-${String(sequence).padStart(10, '0')}.bin`)
  }

  #list(kind: 'ledgers' | 'state'): number[] {
    const name = new RegExp(`^${kind}-(\\d{10})\\.bin$`)
    return readdirSync(this.#options.home)
      .flatMap((file) => name.exec(file)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
  }

  #damaged(what: string, remedy = 'Put back a copy of it'): DevnetError {
    const { home } = this.#options
    return new DevnetError(
      'HOME_DAMAGED',
      `${home} is damaged: ${what}. ${remedy}; or move ${home} away to start anew.`,
    )
  }
}

/** A file of records that cannot be read to its end. */
interface Unreadable {
  path: string
  bytes: Buffer
  /** Bytes that can be read. */
  length: number
  newest: boolean
  /** The last record that was read. */
  last: Buffer | undefined
}

/** Makes the folder if there is none, and locks it. @throws DevnetError `HOME_UNUSABLE`, `HOME_IN_USE` */
function take(home: string): () => void {
  try {
    mkdirSync(home, { recursive: true })
    return lock(home)
  } catch (cause) {
    if (cause instanceof DevnetError) throw cause
    const { code } = cause as { code?: string }
    throw new DevnetError('HOME_UNUSABLE', `${home} cannot be used (${code}): choose a folder that can be written to`, {
      cause,
    })
  }
}
