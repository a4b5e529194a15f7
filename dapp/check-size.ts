/** Fails when a page needs more JavaScript before it shows anything than a slow phone can take: `node dapp/check-size.ts [--json]` after a build. */
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

/** These files, and whatever they import before they can run. */
function closure(begin: Iterable<string>): Set<string> {
  const files = new Set<string>()
  const visit = (file: string): void => {
    if (files.has(file)) return
    files.add(file)
    const chunk = Object.values(manifest).find((candidate) => candidate.file === file)
    for (const next of chunk?.imports ?? []) visit(manifest[next]?.file ?? next)
  }
  for (const file of begin) visit(file)
  return files
}

const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file!)
if (first.length === 0) throw new Error('There is no build; run `npm run build -w @stellartrain/dapp` first.')
/** A page that a phone on a slow network opens directly. */
const route = (source: string): string => {
  const chunk = manifest[source]
  if (!chunk) throw new Error(`The build has no page ${source}; name the one that took its place.`)
  return chunk.file
}

const PAGES = [
  { name: 'first page', files: closure(first) },
  { name: 'labeling page', files: closure([...first, route('src/routes/label.tsx')]) },
]
const sizes = await Promise.all(
  PAGES.map(async ({ name, files }) => {
    const each = [...files].map(async (file) => ({ file, gzip: gzipSync(await readFile(join(dist, file))).length }))
    const sized = (await Promise.all(each)).sort((a, b) => b.gzip - a.gzip)
    return { name, files: sized, bytes: sized.reduce((sum, { gzip }) => sum + gzip, 0) }
  }),
)
if (process.argv.includes('--json')) {
  const [firstPage, labelingPage] = sizes
  console.log(
    JSON.stringify({
      ...{ firstPageBytes: firstPage!.bytes, labelingPageBytes: labelingPage!.bytes, limitBytes: LIMIT_BYTES },
      files: firstPage!.files,
    }),
  )
} else
  for (const { name, files, bytes } of sizes) {
    for (const { file, gzip } of files) console.log(`${String(gzip).padStart(7)}  ${file}`)
    console.log(`${String(bytes).padStart(7)}  ${name}, JavaScript, gzip (limit ${LIMIT_BYTES})`)
  }
for (const { name, bytes } of sizes)
  if (bytes > LIMIT_BYTES) {
    console.error(`The ${name} is too heavy: load on demand what it does not show.`)
    process.exitCode = 1
  }
