/**
 * A chain on disk: `chain.json` says which; segments of framed records hold every ledger; snapshots hold the state, so
 * that a start need not replay them all. A crash can only cut off the newest record, and never one that was shown.
 */
import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DevnetError } from '../errors.ts'
import { Reader } from '../wire.ts'
import { frame, unframe } from './frames.ts'
import { lock } from './lock.ts'
import type { Saved, Store } from './store.ts'

/** A segment is closed, and a snapshot written, after this many bytes. */
const SEGMENT_BYTES = 32 * 1024 * 1024
const SYNC_EVERY = 1000

export interface DiskOptions {
  home: string
  /** Text that must be equal at every start, such as passphrase and settings. */
  identity: string
  /** Ledgers to keep; whole segments before them are removed. */
  retention: number
  segmentBytes?: number | undefined
}

export class DiskStore implements Store {
  readonly #options: DiskOptions
  readonly #segmentBytes: number
  #unlock: (() => void) | undefined
  #file: number | undefined
  #size = 0
  #sync: NodeJS.Timeout | undefined

  constructor(options: DiskOptions) {
    this.#options = options
    this.#segmentBytes = options.segmentBytes ?? SEGMENT_BYTES
  }

  async open(): Promise<Saved | undefined> {
    const { home, identity } = this.#options
    mkdirSync(home, { recursive: true })
    this.#unlock = lock(home)
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
    const known = readFileSync(join(home, 'chain.json'), 'utf8')
    if (known !== identity) {
      throw new DevnetError(
        'HOME_MISMATCH',
        `${home} holds another network: ${known.trim()}. Start it with the same options, or choose another home.`,
      )
    }
    const snapshot = this.#newestSnapshot(snapshots)
    const records = this.#readSegments(snapshot.sequence)
    this.#startSync()
    return { ...snapshot, records: () => records }
  }

  #newestSnapshot(numbers: number[]): { state: Buffer; sequence: number } {
    for (const sequence of numbers.toReversed()) {
      const { blobs } = unframe(readFileSync(this.#path('state', sequence)))
      if (blobs[0]) return { state: blobs[0], sequence }
    }
    throw this.#damaged('no snapshot can be read')
  }

  /** Reads all records and leaves the newest segment open, without a tail that a crash cut off. */
  #readSegments(snapshot: number): Buffer[] {
    const segments = this.#list('ledgers')
    const records: Buffer[] = []
    for (const [index, first] of segments.entries()) {
      const path = this.#path('ledgers', first)
      const bytes = readFileSync(path)
      const { blobs, length } = unframe(bytes)
      records.push(...blobs)
      if (index === segments.length - 1) {
        this.#file = openSync(path, 'r+')
        if (length < bytes.length) ftruncateSync(this.#file, length)
        this.#size = length
      } else if (length < bytes.length) throw this.#damaged(`${path} is cut off`)
    }
    const last = records.at(-1)
    if (!last || new Reader(last).number() < snapshot) throw this.#damaged(`ledgers up to ${snapshot} are missing`)
    return records
  }

  async begin(record: Uint8Array, state: Uint8Array): Promise<void> {
    const { home, identity } = this.#options
    for (const name of readdirSync(home)) if (/^(ledgers|state)-\d+/.test(name)) rmSync(join(home, name))
    writeFileSync(join(home, 'chain.json'), identity)
    this.#openSegment(1)
    this.#write(record)
    // Last, for it is what tells a begun home from an empty one.
    this.#saveSnapshot(1, state)
    this.#startSync()
  }

  append(sequence: number, record: Uint8Array, state: () => Uint8Array): void {
    this.#write(record)
    if (this.#size < this.#segmentBytes) return
    this.#saveSnapshot(sequence, state())
    this.#openSegment(sequence + 1)
    this.#prune(sequence)
  }

  async close(): Promise<void> {
    clearInterval(this.#sync)
    if (this.#file !== undefined) {
      fsyncSync(this.#file)
      closeSync(this.#file)
      this.#file = undefined
    }
    this.#unlock?.()
    this.#unlock = undefined
  }

  #write(record: Uint8Array): void {
    if (this.#file === undefined) throw new DevnetError('STOPPED', 'the store is closed')
    const bytes = frame(record)
    let written = 0
    while (written < bytes.length) {
      written += writeSync(this.#file, bytes, written, bytes.length - written, this.#size + written)
    }
    this.#size += bytes.length
  }

  #openSegment(first: number): void {
    if (this.#file !== undefined) {
      fsyncSync(this.#file)
      closeSync(this.#file)
    }
    this.#file = openSync(this.#path('ledgers', first), 'w+')
    this.#size = 0
  }

  /** Whole or not at all: written beside, synced, then renamed. */
  #saveSnapshot(sequence: number, state: Uint8Array): void {
    if (this.#file !== undefined) fsyncSync(this.#file)
    const path = this.#path('state', sequence)
    const file = openSync(`${path}.new`, 'w')
    const bytes = frame(state)
    let written = 0
    while (written < bytes.length) written += writeSync(file, bytes, written)
    fsyncSync(file)
    closeSync(file)
    renameSync(`${path}.new`, path)
  }

  /** Keeps two snapshots, and the segments that hold what is still to be remembered. */
  #prune(sequence: number): void {
    for (const old of this.#list('state').slice(0, -2)) rmSync(this.#path('state', old))
    const segments = this.#list('ledgers')
    const oldest = sequence - this.#options.retention
    segments.forEach((first, index) => {
      const next = segments[index + 1]
      if (next !== undefined && next <= oldest) rmSync(this.#path('ledgers', first))
    })
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

  #damaged(what: string): DevnetError {
    const { home } = this.#options
    return new DevnetError('HOME_DAMAGED', `${home} is damaged: ${what}. Move it away to start a new network.`)
  }
}
