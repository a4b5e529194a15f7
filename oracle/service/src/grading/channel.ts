/**
 * Messages between the oracle and its grading processes, each with its length before it. Node's own channel believes the other side: it
 * takes commands of Node's from it, of which one ends the process that hears it, and a message of any length. A grading process reads
 * strangers' bytes, so whoever takes one over must be able to say nothing but answers.
 */
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { deserialize, serialize } from 'node:v8'

/** Which file of a grading process is its end. */
export const CHANNEL_FD = 3
/** More than any job has. */
const MOST_JOB_BYTES = 256 * 1024 * 1024
const LENGTH_BYTES = 4
/** What a grading process says first, once it can hear that its parent is gone. */
export const READY = 'ready'

export type Heard = {
  message(value: unknown): void
  /** It said something else than messages; nothing more is heard. */
  broken(error: Error): void
}

/**
 * Begins to hear, and gives what sends. Why a message cannot be sent shows at the other side's end.
 * @param mostBytes of the message that begins now: all of it is in memory before it is heard
 */
export function openChannel(stream: Duplex, { message, broken }: Heard, mostBytes: () => number) {
  let parts: Buffer[] = []
  let bytes = 0
  /** Of the message that arrives, without its length; undefined until that is here. */
  let length: number | undefined

  /** Takes so many of the bytes that arrived. */
  function take(count: number): Buffer {
    const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    parts = all.length > count ? [all.subarray(count)] : []
    bytes -= count
    return all.subarray(0, count)
  }

  function hear(): void {
    for (;;) {
      if (bytes < (length ?? LENGTH_BYTES)) return
      if (length === undefined) {
        length = take(LENGTH_BYTES).readUInt32BE()
        if (length > mostBytes()) throw new Error('The message is too long.')
        continue
      }
      const whole = take(length)
      length = undefined
      message(deserialize(whole))
    }
  }

  stream.on('error', () => {})
  stream.on('data', (piece: Buffer) => {
    if (stream.destroyed) return
    parts.push(piece)
    bytes += piece.length
    try {
      hear()
    } catch (error) {
      stream.destroy()
      broken(error as Error)
    }
  })
  return (value: unknown) => {
    const body = serialize(value)
    const head = Buffer.alloc(LENGTH_BYTES)
    head.writeUInt32BE(body.length)
    stream.cork()
    stream.write(head)
    stream.write(body)
    stream.uncork()
  }
}

/** In a grading process: hears its parent, and ends with it. */
export function hearParent<Message>(message: (value: Message) => void): (value: unknown) => void {
  const stream = new Socket({ fd: CHANNEL_FD, readable: true, writable: true })
  stream.on('close', () => process.exit())
  const heard: Heard = {
    message: (value) => message(value as Message),
    broken: (error) => {
      throw error
    },
  }
  const send = openChannel(stream, heard, () => MOST_JOB_BYTES)
  send(READY)
  return send
}
