/** What tests in any language may do by HTTP: move the clock, close a ledger, and go back to a remembered moment. */

import type { DevnetNode, Snapshot } from '../chain/node.ts'
import { DevnetError } from '../errors.ts'
import { HttpError } from './error.ts'

/** What one warp may ask for: a century, and as many ledgers as it has at five seconds each. The node bounds their sum. */
const MAX_SECONDS = 100 * 366 * 86_400
const MAX_LEDGERS = MAX_SECONDS / 5

/** The first parts of their paths. */
const PATHS = new Set(['close', 'snapshots', 'warp'])

/** Refusals of the node that depend on where the chain is. */
const CONFLICTS = new Set(['LAST_LEDGER', 'NO_SUCH_MOMENT', 'WARP_TOO_FAR'])

/** Moments that are remembered at once, and bytes of all of them. */
const MAX_SNAPSHOTS = 64
const MAX_BYTES = 512 * 1024 * 1024

export interface Answer {
  status: number
  body?: unknown
}

export class Controls {
  readonly #node: DevnetNode
  readonly #most: { snapshots: number; bytes: number }
  readonly #snapshots = new Map<string, Snapshot>()
  #last = 0

  constructor(node: DevnetNode, most = { snapshots: MAX_SNAPSHOTS, bytes: MAX_BYTES }) {
    this.#node = node
    this.#most = most
  }

  /** Whether a path belongs to the controls, with or without an answer. */
  serves(path: string): boolean {
    return PATHS.has(path.split('/')[1] ?? '')
  }

  /**
   * Answers a request, or `undefined` when it is for none of the controls.
   * @throws {HttpError} With a sentence about what is wrong with it.
   */
  answer(method: string, path: string, body: string): Answer | undefined {
    const [, what, id, verb, ...rest] = path.split('/')
    if (rest.length > 0) return undefined
    if (what === 'snapshots') return this.#answerSnapshots(method, id, verb)
    if (method !== 'POST' || id !== undefined) return undefined
    if (what === 'close') attempt(() => this.#node.close())
    else if (what === 'warp') this.#warp(body)
    else return undefined
    return { status: 200, body: this.#now() }
  }

  #answerSnapshots(method: string, id: string | undefined, verb: string | undefined): Answer | undefined {
    if (id === undefined) {
      if (method === 'POST') return { status: 201, body: this.#take() }
      return method === 'GET' ? { status: 200, body: { snapshots: this.#list() } } : undefined
    }
    if (verb === undefined && method === 'DELETE') {
      this.#of(id)
      this.#snapshots.delete(id)
      return { status: 204 }
    }
    return verb === 'restore' && method === 'POST' ? { status: 200, body: this.#restore(id) } : undefined
  }

  #warp(body: string): void {
    const { seconds, ledgers = 1 } = readJson(body)
    if (!isCount(seconds, MAX_SECONDS) || !isCount(ledgers, MAX_LEDGERS)) {
      const most = `up to ${MAX_SECONDS} and ${MAX_LEDGERS}`
      throw new HttpError(400, `send {"seconds": N, "ledgers": N} with whole numbers ${most}; "ledgers" is optional`)
    }
    attempt(() => this.#node.warp(seconds, ledgers))
  }

  #take() {
    if (!this.#node.canRestore) throw new HttpError(409, 'only a network without a home (--home) can go back in time')
    this.#forget()
    const snapshot = this.#node.snapshot()
    const bytes = [...this.#snapshots.values(), snapshot].reduce((sum, kept) => sum + sizeOf(kept), 0)
    if (this.#snapshots.size >= this.#most.snapshots || bytes > this.#most.bytes) {
      const { snapshots, bytes: most } = this.#most
      throw new HttpError(
        409,
        `at most ${snapshots} snapshots of ${most} bytes in all are kept: DELETE /snapshots/ID those that are no longer needed`,
      )
    }
    const id = String(++this.#last)
    this.#snapshots.set(id, snapshot)
    return described(id, snapshot)
  }

  #list() {
    this.#forget()
    return [...this.#snapshots].map(([id, snapshot]) => described(id, snapshot))
  }

  #restore(id: string) {
    const snapshot = this.#of(id)
    attempt(() => this.#node.restore(snapshot))
    this.#forget()
    return this.#now()
  }

  #of(id: string): Snapshot {
    this.#forget()
    const snapshot = this.#snapshots.get(id)
    if (snapshot) return snapshot
    throw new HttpError(404, `there is no snapshot ${id}: GET /snapshots lists those there are`)
  }

  /** Lets go of moments that this chain no longer remembers, for instance those after one that was gone back to. */
  #forget(): void {
    for (const [id, snapshot] of this.#snapshots) if (!this.#node.remembers(snapshot)) this.#snapshots.delete(id)
  }

  #now() {
    const { sequence, closeTime } = this.#node.history.last
    return { sequence, closeTime }
  }
}

function attempt(change: () => void): void {
  try {
    change()
  } catch (error) {
    if (error instanceof DevnetError && CONFLICTS.has(error.code)) throw new HttpError(409, error.message)
    throw error
  }
}

const described = (id: string, { sequence, hash, closeTime }: Snapshot) => ({ id, sequence, closeTime, hash })

const sizeOf = ({ state, record }: Snapshot) => state.length + record.length

const isCount = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most

function readJson(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {}
  throw new HttpError(400, 'the body must be a JSON object')
}
