/** The server of the pages sends a file as it was compressed when the pages were built, and as it is to whoever takes no compression. */
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { distPath } from '@stellartrain/dapp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedPages, servePages } from './e2e/served-pages.ts'

let pages: ServedPages
beforeAll(async () => {
  // What stands in it is not looked at.
  pages = await servePages({} as Parameters<typeof servePages>[0])
})
afterAll(() => pages?.close())

type Sent = { status: number; encoding: string | undefined; vary: string | undefined; type: string; body: Buffer }

/** Without what `fetch` undoes by itself. */
const get = (path: string, encoding?: string): Promise<Sent> =>
  new Promise((resolve, reject) => {
    const headers = encoding === undefined ? {} : { 'accept-encoding': encoding }
    request(`${pages.url}${path}`, { headers }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      const { 'content-encoding': encoding, vary, 'content-type': type = '' } = response.headers
      resolve({ status: response.statusCode ?? 0, encoding, vary, type, body: Buffer.concat(chunks) })
    })
      .on('error', reject)
      .end()
  })

const largest = (ending: string): string => {
  const sizes = readdirSync(join(distPath, 'assets'))
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, size: readFileSync(join(distPath, 'assets', name)).length }))
  return sizes.sort((a, b) => b.size - a.size)[0]!.name
}

test.each(['.js', '.css', '.wasm'])('a %s file', async (ending) => {
  const name = largest(ending)
  const file = readFileSync(join(distPath, 'assets', name))
  const compressed = await get(`/assets/${name}`, 'gzip, deflate')
  expect([compressed.status, compressed.encoding, compressed.vary]).toEqual([200, 'gzip', 'Accept-Encoding'])
  // The very bytes of the build: nothing is compressed for one visitor.
  expect(compressed.body.equals(readFileSync(join(distPath, 'assets', `${name}.gz`)))).toBe(true)
  expect(compressed.body.length).toBeLessThan(file.length / 2)
  expect(gunzipSync(compressed.body).equals(file)).toBe(true)
  const plain = await get(`/assets/${name}`)
  expect([plain.status, plain.encoding, plain.type]).toEqual([200, undefined, compressed.type])
  expect(plain.body.equals(file)).toBe(true)
})
