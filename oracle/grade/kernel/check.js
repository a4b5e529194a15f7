/**
 * Says whether the committed kernel is the one that BUILD.json records, and built from these sources.
 * Exit code 0: both; 1: the file is not the recorded one; 2: the sources have changed, so `build.sh` must be run.
 * `--record WASM COMPILER` writes what was just built and its record instead. Plain JavaScript, so that any Node can run it before an install.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const module = join(here, '../src/kernel/generated/module.ts')
const record = join(here, 'BUILD.json')
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

function sourceHash() {
  const hash = createHash('sha256')
  const sources = readdirSync(join(here, 'src'))
    .map((name) => `src/${name}`)
    .sort()
  for (const path of ['Cargo.toml', 'Cargo.lock', 'build.sh', ...sources])
    hash.update(`${path}\0${sha256(readFileSync(join(here, path)))}\n`)
  return hash.digest('hex')
}

const at = process.argv.indexOf('--record')
if (at > 0) {
  const [path, compiler] = process.argv.slice(at + 1)
  const wasm = readFileSync(path)
  mkdirSync(dirname(module), { recursive: true })
  const lines = wasm.toString('base64').match(/.{1,140}/g)
  writeFileSync(
    module,
    `// Written by oracle/grade/kernel/build.sh.\nexport const MODULE =\n${lines.map((line) => `  '${line}'`).join(' +\n')}\n`,
  )
  const built = { compiler, sourceHash: sourceHash(), wasmHash: sha256(wasm), bytes: wasm.length }
  writeFileSync(record, `${JSON.stringify(built, null, 2)}\n`)
  console.log(`recorded the kernel: ${wasm.length} bytes`)
} else {
  const expected = JSON.parse(readFileSync(record, 'utf8'))
  const lines = [...readFileSync(module, 'utf8').matchAll(/'([^']*)'/g)].map(([, line]) => line)
  if (sha256(Buffer.from(lines.join(''), 'base64')) !== expected.wasmHash) {
    console.error('The kernel is not the one that BUILD.json records: restore it or run oracle/grade/kernel/build.sh')
    process.exit(1)
  }
  if (sourceHash() !== expected.sourceHash) {
    console.error('The sources of the kernel have changed since it was built: run oracle/grade/kernel/build.sh')
    process.exit(2)
  }
  console.log(`the kernel is as recorded: ${expected.bytes} bytes`)
}
