/** A server that never ends its answer is read up to a limit, and is told to stop. */
import { expect, it } from 'vitest'
import { utf8 } from '../encoding/bytes.ts'
import { readBounded, readBoundedJson } from './bounded.ts'

/** Sends pieces for ever. */
function endless(piece: Uint8Array) {
  const state = { pieces: 0, cancelled: false }
  const body = new ReadableStream({
    pull(controller) {
      state.pieces++
      controller.enqueue(piece)
    },
    cancel() {
      state.cancelled = true
    },
  })
  return { state, response: new Response(body) }
}

it('reads no further than one piece behind the limit', async () => {
  const { state, response } = endless(new Uint8Array(1_000))
  expect(await readBounded(response, 10_000)).toBeNull()
  expect(state.cancelled).toBe(true)
  expect(state.pieces).toBeLessThan(15)
})

it('gives what fits to the last byte, and nothing for no body', async () => {
  expect(await readBounded(new Response(utf8('12345')), 5)).toEqual(utf8('12345'))
  expect(await readBounded(new Response(utf8('123456')), 5)).toBeNull()
  expect(await readBounded(new Response(null), 0)).toEqual(new Uint8Array())
})

it('reads JSON, and says what is too large', async () => {
  expect(await readBoundedJson(new Response('{"a":1}'), 7)).toEqual({ a: 1 })
  await expect(readBoundedJson(endless(utf8('[1,')).response, 100)).rejects.toMatchObject({ code: 'too_large' })
  await expect(readBoundedJson(new Response('{'), 100)).rejects.toThrow(SyntaxError)
})
