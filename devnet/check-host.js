/**
 * Says whether host.wasm (and the tests' probe.wasm) are the files that BUILD.json records, and built from these sources.
 * Exit code 0: both; 1: the file is not the recorded one; 2: the sources have changed, so the build must be run.
 * `--record host|probe COMPILER` writes what was just built to BUILD.json instead. Plain JavaScript, so that any Node can run it before an install.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/** Every file below a folder, as sorted paths relative to the crate. */
function filesIn(crate, folder) {
  return readdirSync(join(here, crate, folder), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesIn(crate, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
    .sort()
}

/** A built file and the crate that it was built from, as they are now. */
function measure(file, crate, folders) {
  const hash = createHash('sha256')
  for (const path of ['Cargo.toml', 'Cargo.lock', ...folders.flatMap((folder) => filesIn(crate, folder))]) {
    hash.update(`${path}\0${sha256(readFileSync(join(here, crate, path)))}\n`)
  }
  const wasm = readFileSync(join(here, file))
  return { sourceHash: hash.digest('hex'), wasmHash: sha256(wasm), bytes: wasm.length }
}

/** The versions of the crates that decide what a contract does. */
function crates() {
  const lock = readFileSync(join(here, 'host/Cargo.lock'), 'utf8')
  const wanted = ['soroban-env-host', 'soroban-simulation', 'soroban-wasmi', 'stellar-xdr', 'ed25519-dalek']
  const version = (name) => new RegExp(`name = "${name}"\\nversion = "([^"]+)"`).exec(lock)?.[1] ?? 'missing'
  return Object.fromEntries(wanted.map((name) => [name, version(name)]))
}

const host = measure('host.wasm', 'host', ['src', 'getrandom'])
const probe = measure('fixtures/probe.wasm', 'fixtures/probe', ['src'])
const record = join(here, 'BUILD.json')

/** Ends with the code for what does not fit; says which command mends it. */
function compare(name, found, expected, command) {
  if (found.wasmHash !== expected.wasmHash) {
    console.error(`${name} is not the file that BUILD.json records: restore it or run ${command}`)
    process.exit(1)
  }
  if (found.sourceHash !== expected.sourceHash) {
    console.error(`the sources of ${name} have changed since it was built: run ${command}`)
    process.exit(2)
  }
}

const at = process.argv.indexOf('--record')
if (at > 0) {
  const [built, compiler] = process.argv.slice(at + 1)
  const known = JSON.parse(readFileSync(record, 'utf8'))
  // Only what has just been built is recorded, or a change of the other's sources would be lost.
  const next =
    built === 'probe'
      ? { ...known, probe: { compiler, ...probe } }
      : { compiler, crates: crates(), ...host, probe: known.probe }
  writeFileSync(record, `${JSON.stringify(next, null, 2)}\n`)
  console.log(`recorded ${built}`)
} else {
  const expected = JSON.parse(readFileSync(record, 'utf8'))
  compare('host.wasm', host, expected, 'devnet/build-host.sh')
  compare('fixtures/probe.wasm', probe, expected.probe, 'devnet/fixtures/build.sh')
  console.log(`host.wasm is as recorded: ${host.bytes} bytes, soroban-env-host ${expected.crates['soroban-env-host']}`)
}
