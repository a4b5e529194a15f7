/**
 * Says whether host.wasm is the file that BUILD.json records, and whether host/ is still the source it was built from.
 * Exit code 0: both; 1: the file is not the recorded one; 2: the sources have changed, so build-host.sh must be run.
 * `--record --compiler TEXT` writes BUILD.json instead. Plain JavaScript, so that any Node can run it before an install.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const host = join(here, 'host')
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/** Every source file below a folder, as sorted paths relative to host/. */
function sources(folder) {
  return readdirSync(join(host, folder), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? sources(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
    .sort()
}

function sourceHash() {
  const hash = createHash('sha256')
  for (const path of ['Cargo.toml', 'Cargo.lock', ...sources('src'), ...sources('getrandom')]) {
    hash.update(`${path}\0${sha256(readFileSync(join(host, path)))}\n`)
  }
  return hash.digest('hex')
}

/** The versions of the crates that decide what a contract does. */
function crates() {
  const lock = readFileSync(join(host, 'Cargo.lock'), 'utf8')
  const wanted = ['soroban-env-host', 'soroban-simulation', 'soroban-wasmi', 'stellar-xdr', 'ed25519-dalek']
  const version = (name) => new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(lock)?.[1] ?? 'missing'
  return Object.fromEntries(wanted.map((name) => [name, version(name)]))
}

const wasm = readFileSync(join(here, 'host.wasm'))
const found = { sourceHash: sourceHash(), wasmHash: sha256(wasm), bytes: wasm.length }
const record = join(here, 'BUILD.json')

if (process.argv.includes('--record')) {
  const compiler = process.argv[process.argv.indexOf('--compiler') + 1]
  writeFileSync(record, `${JSON.stringify({ compiler, crates: crates(), ...found }, null, 2)}\n`)
  console.log(`recorded ${found.bytes} bytes, ${found.wasmHash}`)
} else {
  const expected = JSON.parse(readFileSync(record, 'utf8'))
  if (found.wasmHash !== expected.wasmHash) {
    console.error('host.wasm is not the file that BUILD.json records: restore it or run contracts/devnet/build-host.sh')
    process.exit(1)
  }
  if (found.sourceHash !== expected.sourceHash) {
    console.error('host/ has changed since host.wasm was built: run contracts/devnet/build-host.sh')
    process.exit(2)
  }
  console.log(`host.wasm is as recorded: ${found.bytes} bytes, protocol crates ${expected.crates['soroban-env-host']}`)
}
