/** Reads the bodies of requests within limits of one and of all together. */
import type { IncomingMessage } from 'node:http'
import { HttpError } from './error.ts'

const MAX_BODY = 4 * 1024 * 1024

/** Reads bodies, all of them together within a limit. */
export class BodyReader {
  readonly #most: number
  #held = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Reads a body. What is too long is still taken in, and dropped, for a while: so the sender gets to read why. */
  read(request: IncomingMessage): Promise<string> {
    return new Promise((resolve, reject) => {
      let parts: Buffer[] = []
      let [size, kept] = [0, 0]
      const drop = () => {
        this.#held -= kept
        kept = 0
        parts = []
      }
      const refuse = (status: number, message: string) => {
        drop()
        reject(new HttpError(status, message))
      }
      let refused = false
      request.on('data', (part: Buffer) => {
        size += part.length
        if (size > 8 * MAX_BODY) return request.destroy()
        if (refused) return
        refused = size > MAX_BODY || this.#held + part.length > this.#most
        if (size > MAX_BODY) return refuse(413, `a request has at most ${MAX_BODY} bytes`)
        if (refused) return refuse(503, 'too many long requests at once: try again later')
        parts.push(part)
        kept += part.length
        this.#held += part.length
      })
      request.once('end', () => {
        const body = Buffer.concat(parts).toString()
        drop()
        resolve(body)
      })
      request.once('error', reject)
      request.once('close', drop)
    })
  }
}
