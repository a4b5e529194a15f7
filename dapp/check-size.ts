/** Fails when the first page needs more JavaScript than a slow phone can take: `node dapp/check-size.ts [--json]` after a build. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const LIMIT_BYTES = 90 * 1024

type Chunk = { file: string; imports?: string[] }

const dist = join(import.meta.dirname, 'dist')
const html = await readFile(join(dist, 'index.html'), 'utf8').catch(() => '')
const manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8').catch(() => '{}')) as Record<
  string,
  Chunk
>

/** What index.html asks for, and whatever that imports before it can run. */
const files = new Set<string>()
const visit = (file: string): void => {
  if (files.has(file)) return
  files.add(file)
  const chunk = Object.values(manifest).find((candidate) => candidate.file === file)
  for (const next of chunk?.imports ?? []) visit(manifest[next]?.file ?? next)
}
for (const [, file] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)) visit(file!)
if (files.size === 0) throw new Error('There is no build; run `npm run build -w @stellartrain/dapp` first.')

const sizes = await Promise.all(
  [...files].map(async (file) => ({ file, gzip: gzipSync(await readFile(join(dist, file))).length })),
)
const total = sizes.reduce((sum, { gzip }) => sum + gzip, 0)
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ firstPageBytes: total, limitBytes: LIMIT_BYTES, files: sizes }))
} else {
  for (const { file, gzip } of sizes.sort((a, b) => b.gzip - a.gzip))
    console.log(`${String(gzip).padStart(7)}  ${file}`)
  console.log(`${String(total).padStart(7)}  first page, JavaScript, gzip (limit ${LIMIT_BYTES})`)
}
if (total > LIMIT_BYTES) {
  console.error('The first page is too heavy: load on demand what it does not show.')
  process.exitCode = 1
}
