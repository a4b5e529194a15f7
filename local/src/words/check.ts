/** `npm run check:words`: no gone phrase and no wrong word for a term of the glossary, in anything that people read. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Finding, findInFile, isRead } from './find.ts'
import { readGlossary } from './glossary.ts'

const root = resolve(import.meta.dirname, '../../..')
const only = process.argv.slice(2)

/** How many findings a file may still have; a number here can only fall. */
const NOT_YET: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'not-yet.json'), 'utf8'),
)

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
})
  .split('\n')
  .filter((file) => isRead(file) && existsSync(join(root, file)))
  .filter((file) => only.length === 0 || only.some((prefix) => file.startsWith(prefix)))
const terms = readGlossary(readFileSync(join(root, 'docs/glossary.md'), 'utf8'))

const byFile = new Map<string, Finding[]>()
for (const file of files) byFile.set(file, findInFile(file, readFileSync(join(root, file), 'utf8'), terms))

if (process.env.UPDATE_NOT_YET) {
  const counts = [...byFile].flatMap(([file, found]) =>
    found.length === 0 ? [] : [`  ${JSON.stringify(file)}: ${found.length}`],
  )
  process.stdout.write(`{\n${counts.join(',\n')}\n}\n`)
  process.exit(0)
}

let refused = 0
for (const [file, found] of byFile) {
  const allowed = only.length > 0 ? 0 : (NOT_YET[file] ?? 0)
  if (found.length <= allowed) continue
  refused += found.length
  for (const one of found) console.log(`${one.file}:${one.line}  "${one.found}"  write: ${one.instead}`)
}
if (refused > 0) {
  console.log(`\n${refused} phrases to rewrite. What each word means here: docs/glossary.md`)
  process.exitCode = 1
} else {
  console.log(`${files.length} files read, no phrase to rewrite`)
}
