/** Uploads: the same bytes have one CID, and what is too large or broken off leaves nothing behind. */
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { CAR_MEDIA_TYPE, carHeader } from '@stellartrain/ipfs-content/car'
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { upload } from '@stellartrain/ipfs-content/upload'
import { uploadFiles } from '@stellartrain/ipfs-content/upload-files'
import { describe, expect, it } from 'vitest'
import { pack } from '../chain-harness.ts'
import { blockFiles, bytesOf, type Service, service, signedIn } from '../harness.ts'

const leftOvers = async ({ home }: Service) => [...(await readdir(join(home, 'incoming'))), ...(await blockFiles(home))]

describe('an upload', () => {
  it.each([0, 1, 1_048_576, 3_500_000])(
    'of %i bytes comes back as it was, under the CID that the sender computed',
    async (size) => {
      const { url } = await service()
      const bytes = bytesOf(size, 1)
      const progress: number[] = []
      const token = await signedIn(url)
      const stored = await upload({ url, token, bytes, onProgress: (sent) => progress.push(sent) })
      expect(stored).toEqual({ cid: await computeCid(bytes), bytes: size })
      expect(Buffer.compare(await fetchCid(stored.cid, { gateways: [url], maxBytes: size }), bytes)).toBe(0)
      expect(progress).toEqual([...progress].sort((a, b) => a - b))
      expect(progress.at(-1) ?? 0).toBe(size)
    },
  )

  it('may be repeated, at once too, and takes its room only once', async () => {
    const running = await service()
    const { url } = running
    const token = await signedIn(url)
    const bytes = bytesOf(2_500_000, 2)
    const stored = await Promise.all(Array.from({ length: 4 }, () => upload({ url, token, bytes })))
    expect(new Set(stored.map(({ cid }) => cid)).size).toBe(1)
    expect(await blockFiles(running.home)).toHaveLength(4)
  })

  it('larger than allowed is refused, whether its size was stated or not', async () => {
    const running = await service({ maxUploadBytes: 3_000_000 })
    const { url } = running
    const token = await signedIn(url)
    const bytes = bytesOf(3_000_001, 3)
    await expect(upload({ url, token, bytes })).rejects.toMatchObject({ code: 'too_large', retryable: false })
    expect(await sendInPieces(url, token, [bytes.subarray(0, 2_000_000), bytes.subarray(2_000_000)])).toBe(413)
    expect(await leftOvers(running)).toEqual([])
    await upload({ url, token, bytes: bytes.subarray(1) })
  })

  it('that breaks off leaves nothing', async () => {
    const running = await service()
    const token = await signedIn(running.url)
    const started = request(`${running.url}/v1/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    })
    started.on('error', () => {})
    started.write(bytesOf(2_500_000, 4))
    await expect.poll(() => leftOvers(running)).toHaveLength(1)
    started.destroy()
    await expect.poll(() => leftOvers(running)).toEqual([])
  })

  it('can be stopped by the sender', async () => {
    const { url } = await service()
    const token = await signedIn(url)
    const stop = new AbortController()
    const stopped = upload({
      url,
      token,
      bytes: bytesOf(5_000_000, 5),
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('changed my mind')),
    })
    await expect(stopped).rejects.toThrow('changed my mind')
  })

  it('without signing in never reads the body', async () => {
    const running = await service()
    await expect(upload({ url: running.url, token: 'x', bytes: bytesOf(10, 6) })).rejects.toMatchObject({
      code: 'signed_out',
    })
    expect(await leftOvers(running)).toEqual([])
  })

  it('to nobody is an error that may be tried again', async () => {
    const dead = upload({ url: 'http://127.0.0.1:1', token: 'x', bytes: bytesOf(10, 6) })
    await expect(dead).rejects.toMatchObject({ code: 'unavailable', retryable: true })
  })
})

/** Chunked, so that no content-length says how much will come. Answers the status, or 0 if the service hung up. */
function sendInPieces(url: string, token: string, pieces: Uint8Array[]): Promise<number> {
  return new Promise((resolve) => {
    const sending = request(`${url}/v1/uploads`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
    sending.on('response', (response) => resolve(response.resume().statusCode!))
    sending.on('error', () => resolve(0))
    for (const piece of pieces) sending.write(piece)
    sending.end()
  })
}

describe('many files', () => {
  it('go in archives of up to a thousand, each with the CID that the sender computed, also twice the same and empty ones', async () => {
    const { url } = await service()
    const files = Array.from({ length: 1_100 }, (_, i) => bytesOf(i % 500, i % 700))
    files.push(bytesOf(2_500_000, 9))
    const answers = await Array.fromAsync(uploadFiles({ url, token: await signedIn(url) }, files))
    expect(answers.map((one) => one.length)).toEqual([1_000, 101])
    const stored = answers.flat()
    expect(stored.map(({ bytes }) => bytes)).toEqual(files.map(({ length }) => length))
    for (const index of [0, 1, 701, 1_100]) {
      const { cid, bytes } = stored[index]!
      expect(cid).toBe(await computeCid(files[index]!))
      expect(Buffer.compare(await fetchCid(cid, { gateways: [url], maxBytes: bytes }), files[index]!)).toBe(0)
    }
  })

  it('are all refused where one is, and nothing of them stays', async () => {
    const running = await service({ maxAccountBytes: 3_000_000 })
    const { url } = running
    const headers = { authorization: `Bearer ${await signedIn(url)}`, 'content-type': CAR_MEDIA_TYPE }
    const [one, two] = [await pack(bytesOf(1_200_000, 11)), await pack(bytesOf(2_000_000, 12))]
    const send = async (...pieces: Uint8Array[][]) => {
      const body = Buffer.concat(pieces.flat())
      const response = await fetch(`${url}/v1/uploads/files`, { method: 'POST', headers, body })
      return ((await response.json()) as { code?: string }).code
    }
    const header = [carHeader(parseCid(one.cid), parseCid(two.cid))]
    const [first, second] = [one.pieces.slice(1), two.pieces.slice(1)]
    expect(await send(header, first, second), 'too much for the account').toBe('account_full')
    expect(await send(header, first), 'the second is missing').toBe('bad_car')
    expect(await send(header, second, first), 'in another order').toBe('bad_car')
    expect(await send([carHeader()], first), 'no file').toBe('bad_car')
    expect(await send([new Uint8Array([3, 1, 2, 3])], first), 'no header').toBe('bad_car')
    expect(await leftOvers(running)).toEqual([])
  })
})

it('content that two accounts send at once stays where only one of them has room for it', async () => {
  const running = await service({ maxAccountBytes: 3_000_000 })
  const { url } = running
  const full = await signedIn(url)
  await upload({ url, token: full, bytes: bytesOf(2_000_000, 13) })
  for (let seed = 20; seed < 25; seed++) {
    const bytes = bytesOf(1_100_000, seed)
    const [refused, stored] = await Promise.allSettled([
      upload({ url, token: full, bytes }),
      upload({ url, token: await signedIn(url), bytes }),
    ])
    expect(refused).toMatchObject({ reason: { code: 'account_full' } })
    expect(stored.status).toBe('fulfilled')
    expect(Buffer.compare(await fetchCid(await computeCid(bytes), { gateways: [url], maxBytes: 2e6 }), bytes)).toBe(0)
  }
})
