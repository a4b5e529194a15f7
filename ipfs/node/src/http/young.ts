/**
 * Bodies arrive in buffers that V8 counts without holding them. After some dozens of megabytes it goes through its whole heap for their
 * sake, on every core, though each was dropped within a moment; that took longer than hashing and storing them. Going through what is
 * young takes a millisecond, and lets go of them all.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** A third or less of what V8 was seen to wait for before it goes through the whole heap (`node --trace-gc`). */
const EVERY_BYTES = 8 * 1024 * 1024

/** Passes the bytes of a body on. @param collect for tests */
export function createYoungCollector(collect = youngCollection()) {
  let arrived = 0
  return async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const bytes of body) {
      yield bytes
      arrived += bytes.length
      if (arrived < EVERY_BYTES) continue
      arrived = 0
      collect()
    }
  }
}

/** There is no other way to ask for it: V8's own function, which Node hides unless it was started with --expose-gc. */
function youngCollection(): () => void {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('typeof gc === "function" ? gc : undefined')
  return typeof gc === 'function' ? () => void gc({ type: 'minor' }) : () => {}
}
