/** What of a maker's files is shown, and what is not. */
import { expect, it, onTestFinished, vi } from 'vitest'
import { memoryStorage } from '../site/memory-storage.ts'
import { createHosts } from './hosts.ts'
import { createMediaStore } from './media.ts'
import { mediaTypeOf } from './media-type.ts'

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const png = (width: number, height: number) => {
  const header = bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')
  const size = new Uint8Array(8)
  new DataView(size.buffer).setUint32(0, width)
  new DataView(size.buffer).setUint32(4, height)
  return Uint8Array.from([...header, ...size])
}

it.each([
  ['a PNG', png(10, 10), 'image/png'],
  ['a JPEG', bytes('\xff\xd8\xff\xe0\0\x02\xff\xc0\0\x11\x08\0\x10\0\x10\x03'), 'image/jpeg'],
  ['a GIF', bytes('GIF89a\x10\0\x10\0'), 'image/gif'],
  ['a WebP', bytes('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
  ['a WAV', bytes('RIFF\0\0\0\0WAVEfmt '), 'audio/wav'],
  ['an MP3', bytes('ID3\x03'), 'audio/mpeg'],
  ['an Ogg', bytes('OggS'), 'audio/ogg'],
])('%s is what its first bytes say', (_, file, type) => {
  expect(mediaTypeOf(file).type).toBe(type)
})

it.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', /SVG/],
  ['SVG behind a mark', '\xef\xbb\xbf <?xml version="1.0"?><svg/>', /SVG/],
  ['HTML', '<!doctype html><script>alert(1)</script>', /HTML/],
  ['nothing known', 'hello', /no kind/],
])('%s is neither a picture nor a sound', (_, file, words) => {
  expect(mediaTypeOf(bytes(file))).toMatchObject({ kind: 'other', words: expect.stringMatching(words) })
})

it('a small file that would fill the memory as a picture is refused by its size', () => {
  expect(mediaTypeOf(png(60_000, 60_000))).toMatchObject({ kind: 'other', words: expect.stringContaining('too large') })
  expect(mediaTypeOf(bytes('\xff\xd8\xff\xe0\0\x02\xff\xc2\0\x11\x08\xff\xff\xff\xff\x03')).kind).toBe('other')
})

it.each([
  ['a JPEG with bytes that fill', '\xff\xd8\xff\xff\xff\xe0\0\x02\xff\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03'],
  ['a JPEG with a marker alone', '\xff\xd8\xff\x01\xff\xc0\0\x11\x08\xff\xff\xff\xff'],
  ['a lossy WebP', `RIFF\0\0\0\0WEBPVP8 ${'\0'.repeat(10)}\xff\x3f\xff\x3f`],
  ['a lossless WebP', 'RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\xff\xff\xff\xff'],
  ['a WebP with more to come', `RIFF\0\0\0\0WEBPVP8X${'\0'.repeat(8)}\xff\xff\xff\xff\xff\xff`],
])('so is %s', (_, file) => {
  expect(mediaTypeOf(bytes(file))).toMatchObject({ kind: 'other', words: expect.stringContaining('too large') })
})

const CID = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'

it('what IPFS has is read once, bounded, and shown from a blob; elsewhere the browser loads it, and its host is named', async () => {
  const read = vi.fn(async (_cid: string, most: number) => {
    expect(most).toBeLessThanOrEqual(25 * 1024 * 1024)
    return png(2, 2)
  })
  const store = createMediaStore(read)
  store.ahead([{ cell: CID, kind: 'image' }])
  expect((await store.get(CID, 'image')).url).toMatch(/^blob:/)
  expect(read).toHaveBeenCalledTimes(1)
  expect(await store.get('https://example.org/a.png', 'image')).toEqual({
    url: 'https://example.org/a.png',
    host: 'example.org',
  })
  await expect(store.get(CID, 'audio')).rejects.toThrow('not shown as audio')
  store.close()
})

it.each([
  'javascript:alert(1)',
  'data:image/svg+xml,<svg/>',
  'http://example.org/a.png',
  '/a.png',
  'https://user:pass@example.org/',
])('no other address is ever loaded: %s', async (cell) => {
  const read = vi.fn()
  await expect(createMediaStore(read).get(cell, 'image')).rejects.toMatchObject({ code: 'bad_link' })
  expect(read).not.toHaveBeenCalled()
})

it('what failed once is tried again', async () => {
  const read = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(png(2, 2))
  const store = createMediaStore(read)
  await expect(store.get(CID, 'image')).rejects.toThrow('away')
  expect((await store.get(CID, 'image')).url).toMatch(/^blob:/)
})

it('a batch of large photographs does not stay in memory: what is on screen and next does, and a little of the way back', async () => {
  const large = new Uint8Array(20 * 1024 * 1024)
  large.set(png(2, 2))
  const read = vi.fn(async () => large)
  const revoked = vi.spyOn(URL, 'revokeObjectURL')
  onTestFinished(() => revoked.mockRestore())
  const cids = Array.from({ length: 8 }, (_, at) => `${CID.slice(0, -4)}${'abcdefgh'[at]}52y`)
  const store = createMediaStore(read)
  const window = (at: number) => cids.slice(at, at + 2).map((cell) => ({ cell, kind: 'image' as const }))
  for (let at = 0; at < cids.length; at++) {
    store.ahead(window(at))
    for (const { cell } of window(at)) await store.get(cell, 'image')
  }
  // 20 MiB each: at the end three of the seven before stay, and each was read once.
  expect([read.mock.calls.length, revoked.mock.calls.length]).toEqual([8, 4])
  expect((await store.get(cids[0]!, 'image')).url).toMatch(/^blob:/)
  expect(read).toHaveBeenCalledTimes(9)
  store.close()
  expect(revoked).toHaveBeenCalledTimes(9)
})

it('nothing is asked of another site, not even ahead, before the labeler agreed to it', async () => {
  const sources: string[] = []
  vi.stubGlobal(
    'Image',
    class {
      set src(url: string) {
        sources.push(url)
      }
    },
  )
  onTestFinished(() => void vi.unstubAllGlobals())
  const kept = memoryStorage()
  const store = createMediaStore(async () => bytes(''), createHosts(kept, 'hosts'))
  const cells = [{ cell: 'https://one.example/a.png', kind: 'image' as const }]
  store.ahead(cells)
  expect(await store.get('https://one.example/a.png', 'image')).toMatchObject({ host: 'one.example' })
  expect(sources).toEqual([])
  store.hosts.agree('one.example')
  store.ahead(cells)
  await expect.poll(() => sources).toEqual(['https://one.example/a.png'])
  expect(createHosts(kept, 'hosts').agreed('one.example'), 'after a reload').toBe(true)
  expect(createHosts(kept, 'hosts').agreed('two.example')).toBe(false)
  kept.setItem('hosts', '{"no":1}')
  expect(createHosts(kept, 'hosts').agreed('one.example')).toBe(false)
})
