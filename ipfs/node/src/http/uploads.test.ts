/** Uploads: the same bytes have one CID, and what is too large or broken off leaves nothing behind. */
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { upload } from '@stellartrain/ipfs-content/upload'
import { describe, expect, it } from 'vitest'
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
