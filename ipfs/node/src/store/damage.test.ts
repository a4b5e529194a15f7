/** A store whose disk lies: wrong bytes are never served, and adding the content again mends it. */
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { upload } from '@stellartrain/ipfs-content/upload'
import { describe, expect, it } from 'vitest'
import { blockFiles, bytesOf, service, signedIn } from '../harness.ts'

const flip = async (file: string) => {
  const block = await readFile(file)
  block[block.length >> 1]! ^= 1
  await writeFile(file, block)
}

describe.each([
  ['with one flipped bit', flip],
  ['cut short', (file: string) => truncate(file, 100)],
  ['empty', (file: string) => truncate(file, 0)],
])('a block file %s', (_what, damage) => {
  it('is an error as a block, in an archive and in a file', async () => {
    const { url, home } = await service()
    const bytes = bytesOf(2_600_000, 21)
    const { cid } = await upload({ url, token: await signedIn(url), bytes })
    const files = await blockFiles(home)
    const sizes = await Promise.all(files.map(async (file) => (await readFile(file)).length))
    const root = files[sizes.indexOf(Math.min(...sizes))]!
    const leaf = files.find((file) => file !== root)!

    await damage(leaf)
    // The answer had begun when the damage was found: it must break, not end.
    await expect(fetch(`${url}/ipfs/${cid}`).then((r) => r.arrayBuffer())).rejects.toThrow()
    await expect(fetch(`${url}/ipfs/${cid}?format=car`).then((r) => r.arrayBuffer())).rejects.toThrow()
    await expect(fetchCid(cid, { gateways: [url], maxBytes: 3e6 })).rejects.toMatchObject({ code: 'unavailable' })

    await damage(root)
    for (const query of ['', '?format=raw', '?format=car']) {
      const response = await fetch(`${url}/ipfs/${cid}${query}`)
      expect(await response.json()).toMatchObject({ status: 500, code: 'damaged' })
    }
  })

  it('is mended by uploading the same content', async () => {
    const { url, home } = await service()
    const bytes = bytesOf(1_500_000, 22)
    const token = await signedIn(url)
    const { cid } = await upload({ url, token, bytes })
    for (const file of await blockFiles(home)) await damage(file)
    await upload({ url, token, bytes })
    expect(Buffer.compare(await fetchCid(cid, { gateways: [url], maxBytes: 3e6 }), bytes)).toBe(0)
  })
})
