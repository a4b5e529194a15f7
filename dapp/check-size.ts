/** Fails when the first page needs more JavaScript than a slow phone can take: `node dapp/check-size.ts [--json]` after a build. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const LIMIT_BYTES = 90 * 1024
/** The page that is measured: its own code is loaded on demand, but at once. */
const FIRST_PAGE = 'src/routes/challenges.tsx'

type Chunk = { file: string; imports?: string[]; isEntry?: boolean }

const dist = join(import.meta.dirname, 'dist')
const manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry)
if (!entry || !manifest[FIRST_PAGE])
  throw new Error('The build has no entry or no first page; run `npx vite build` in dapp first.')

const files = new Set<string>()
const visit = (key: string): void => {
  const chunk = manifest[key]
  if (!chunk || files.has(chunk.file)) return
  files.add(chunk.file)
  for (const next of chunk.imports ?? []) visit(next)
}
visit(entry)
visit(FIRST_PAGE)

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
