/**
 * Says whether generated/*.json were made from the sources as they are; builds nothing. Exit code 0: they were; 2: a
 * source has changed, so make.sh must be run. `--record STORY PLAN GOLDEN` is how make.sh writes them.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const below = (folder, pattern) =>
  readdirSync(join(here, folder))
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => `${folder}/${name}`)

/** Everything that decides what comes out, and for one story its contract. */
const COMMON = [
  'Cargo.toml',
  'Cargo.lock',
  '../settings/mainnet.json',
  '../fixtures/probe.wasm',
  ...below('src', /\.rs$/),
  ...below('../src/test/parity', /\.ts$/),
]
const CONTRACTS = { probe: [], stellartrain: ['../../contracts/stellartrain/stellartrain.wasm'] }

/** The contract of a story, by its hash; the test leaves a story out whose contract is another by now. */
const contractHash = (story) => CONTRACTS[story].map((path) => sha256(readFileSync(join(here, path)))).join()

function sourceHash(story) {
  const hash = createHash('sha256')
  for (const path of [...COMMON, ...CONTRACTS[story]]) {
    hash.update(`${path}\0${sha256(readFileSync(join(here, path)))}\n`)
  }
  return hash.digest('hex')
}

const fileOf = (story) => join(here, 'generated', `${story}.json`)
const at = process.argv.indexOf('--record')
if (at > 0) {
  const [story, planPath, goldenPath] = process.argv.slice(at + 1)
  const plan = JSON.parse(readFileSync(planPath, 'utf8'))
  const golden = JSON.parse(readFileSync(goldenPath, 'utf8'))
  const steps = golden.steps.map((step, index) => {
    const { sequence, closeTime, envelope, flags } = plan.steps[index]
    return { asked: sha256(JSON.stringify([sequence, closeTime, envelope, flags])), ...step }
  })
  writeFileSync(
    fileOf(story),
    `${JSON.stringify({ sources: sourceHash(story), contract: contractHash(story), ...golden, steps }, null, 1)}\n`,
  )
  console.log(`${story}: ${steps.length} steps`)
} else {
  const stale = Object.keys(CONTRACTS).filter((story) => {
    const { sources } = JSON.parse(readFileSync(fileOf(story), 'utf8'))
    return sources !== sourceHash(story)
  })
  if (stale.length > 0) {
    console.error(`the sources of ${stale.join(' and ')} have changed: run devnet/parity/make.sh ${stale.join(' ')}`)
    process.exit(2)
  }
  console.log('what the official libraries say was made from these sources')
}
