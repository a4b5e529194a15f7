/** Whose turn it is: answers in order, and no more of them than clients read. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { HttpError } from './error.ts'

/**
 * Gives each connection one answer at a time, and begins none while too many bytes of answers are not read. Only one is
 * begun in each turn of the event loop: while many are computed, others are still listened to and not taken for silent.
 */
export class Turns {
  readonly #most: number
  readonly #last = new WeakMap<Socket, Promise<unknown>>()
  #held = 0
  #queue: Promise<void> = Promise.resolve()

  constructor(most: number) {
    this.#most = most
  }

  /** Waits until what was asked before on the same connection has been answered, and read. */
  async wait({ socket }: IncomingMessage, response: ServerResponse): Promise<void> {
    const before = this.#last.get(socket)
    this.#last.set(socket, new Promise((resolve) => response.once('close', resolve)))
    await before
    this.#queue = this.#queue.then(() => new Promise((resolve) => setImmediate(resolve)))
    await this.#queue
    if (socket.destroyed) throw new HttpError(400, 'the client has gone')
    if (this.#held > this.#most) throw new HttpError(503, 'too many answers that are not being read: try again later')
  }

  /** Counts an answer until its last byte is handed over. */
  hold(response: ServerResponse, bytes: number): void {
    this.#held += bytes
    response.once('close', () => {
      this.#held -= bytes
    })
  }
}
