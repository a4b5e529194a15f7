/** What is heard from a grading process is a message of a bounded length, or its end. */
import { Duplex } from 'node:stream'
import { serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { openChannel } from './channel.ts'

function world() {
  const heard: unknown[] = []
  const sent: Buffer[] = []
  const stream = new Duplex({
    read() {},
    write(piece: Buffer, _, done) {
      sent.push(piece)
      done()
    },
  })
  const message = (value: unknown) => void heard.push(value)
  const send = openChannel(stream, { message, broken: (error) => void heard.push(error.message) }, () => 1_000)
  const arrive = async (bytes: Uint8Array) => {
    stream.push(bytes)
    await new Promise(setImmediate)
  }
  return { heard, sent, send, arrive, stream }
}

function framed(value: unknown): Buffer {
  const body = serialize(value)
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  return Buffer.concat([head, body])
}

test('messages arrive whole, however they are cut', async () => {
  const { heard, sent, send, arrive } = world()
  const values = [null, { answer: new Uint8Array([1, 2, 3]), big: 5n }, 'x'.repeat(500)]
  const all = Buffer.concat(values.map(framed))
  for (const byte of all.subarray(0, 40)) await arrive(Uint8Array.of(byte))
  await arrive(all.subarray(40))
  expect(heard).toEqual(values)
  send(values[1])
  expect(Buffer.concat(sent)).toEqual(framed(values[1]))
})

test.each([
  ['a message of any length', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ['bytes that are no value', Buffer.from([0, 0, 0, 2, 1, 2])],
])('%s ends the channel', async (_, bytes) => {
  const { heard, arrive, stream } = world()
  await arrive(Buffer.concat([framed(1), bytes]))
  expect([heard.length, heard[0], stream.destroyed]).toEqual([2, 1, true])
})
