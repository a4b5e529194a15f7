/** The keys of labels, where one oracle of several lies, says nothing of use, or refuses. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ageEncrypt, generateAgeKey } from '@stellartrain/ipfs-content/age'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { RESULTS_MAX_BYTES } from '@stellartrain/ipfs-content/work'
import { expect, onTestFinished, test } from 'vitest'
import type { StellarTrain } from '../system/client.ts'
import { byAnyKey, readResults } from './results.ts'

const client = { fetch } as unknown as StellarTrain
const hash = (digit: string) => digit.repeat(64)
const key = (digit: string) => digit.repeat(32)
const { identity, recipient } = await generateAgeKey()

type Answer = { status?: number; type?: string; body: Uint8Array | string }
async function oracle({ status = 200, type = 'application/octet-stream', body }: Answer): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, { 'content-type': type }).end(body))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
async function sealed(files: { sha256: string; fileKey: string }[]): Promise<Answer> {
  const contract = 'CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM'
  const head = { format: 'stellartrain/labels-results', version: 1, network: hash('0'), contract, challenge: 7 }
  return { body: await ageEncrypt(new TextEncoder().encode(JSON.stringify({ ...head, files })), [recipient]) }
}

test('an oracle that leaves keys out, sends others, or sends what cannot be opened hides none of those that another sends', async () => {
  const right = [
    { sha256: hash('1'), fileKey: key('a') },
    { sha256: hash('2'), fileKey: key('b') },
  ]
  const urls = [
    await oracle(await sealed([])),
    await oracle({ body: 'nothing of use' }),
    await oracle(await sealed([{ sha256: hash('1'), fileKey: key('e') }])),
    await oracle(await sealed(right)),
  ]
  const { files } = await readResults(client, urls, { identity })
  expect(files.get(hash('2'))).toEqual([key('b')])
  expect(files.get(hash('1'))).toEqual([key('e'), key('a')])
  const opened = byAnyKey(files.get(hash('1'))!, async (one) => {
    if (one !== key('a')) throw new ContentError('bad_container', 'another key')
    return one
  })
  expect(await opened).toBe(key('a'))
})

test('where no oracle sends keys, what one of them says is told', async () => {
  const refuses = { status: 403, type: 'application/problem+json', body: '{"detail":"To no one."}' }
  const urls = [await oracle({ status: 503, body: '' }), await oracle(refuses)]
  await expect(readResults(client, urls, { identity })).rejects.toMatchObject({
    code: 'not_opened',
    retryable: false,
    message: expect.stringContaining('To no one.'),
  })
  await expect(readResults(client, [], { identity })).rejects.toMatchObject({ retryable: true })
  const other = [await oracle(await sealed([]))]
  await expect(readResults(client, other, {})).rejects.toMatchObject({ message: expect.stringContaining('--identity') })
})

test('an oracle whose answer never ends keeps nobody from the keys of another', async () => {
  let sent = 0
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const piece = Buffer.alloc(1024 * 1024, ' ')
    const more = () => {
      while (!response.destroyed && response.write(piece)) sent += piece.length
    }
    response.on('drain', more)
    more()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const urls = [
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    await oracle(await sealed([{ sha256: hash('1'), fileKey: key('a') }])),
  ]
  expect((await readResults(client, urls, { identity })).files.get(hash('1'))).toEqual([key('a')])
  expect(sent).toBeLessThan(4 * RESULTS_MAX_BYTES)
})
