/**
 * Schemathesis against a running index of a played history: `npm run fuzz:api [-- --examples 50] [--seed 1]`. It makes requests from
 * the OpenAPI document, follows from answers to requests, and turns pages by tokens of the API; it ends with 1 where an answer is a
 * 5xx, or one that the document does not describe. Needs Python 3.11 with venv, or SCHEMATHESIS, which names the program.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { invoke, type Signer } from '@stellartrain/contracts-client'
import { badgePictureCid, deployRecords, recordsAt } from '@stellartrain/contracts-client/records'
import { scoredVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { readRecordsWasm } from '@stellartrain/contracts-client/wasm'
import { createLog } from '@stellartrain/service'
import { startIndexer } from '../indexer.ts'
import { createIndexerDatabase } from './database.ts'
import { type Network, startNetwork } from './network.ts'
import { createPlayer } from './play.ts'
import { createChance } from './random.ts'

const VERSION = '4.32.5'

/** What a valid request is refused for is more than the document can say: a ledger that is still to come, filters that need each other. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'allow_header_conformance',
  'ensure_resource_availability',
]

const { values } = parseArgs({
  options: {
    examples: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '60' },
    /** Only paths that match. */
    path: { type: 'string' },
  },
})

const program = await schemathesis()
const network = await startNetwork()
try {
  const recordsContract = await tellRecords(network)
  const player = await createPlayer(network, createChance(Number(values.seed)), 7)
  await player.steps(Number(values.steps))
  for (const phase of ['grading', 'ranking', 'over'] as const) {
    await player.goTo(phase)
    await player.steps(Math.ceil(Number(values.steps) / 3))
  }
  await network.net.warp(0)
  // One that compares itself with the contract: what is not known is a 503, and here all is known.
  const { contract } = network.chain.network
  const database = await createIndexerDatabase()
  const indexer = await startIndexer({
    ...{ dbUrl: database.url, rpcUrls: [network.net.rpcUrl], network: network.net.passphrase, contract, idleMs: 100 },
    recordsContract,
    // Why an answer is a 5xx: a database that does not answer in time is no fault of what was asked.
    log: createLog('error', { write: (line) => process.stderr.write(line) }),
  })
  await until(async () => (await fetch(`${indexer.url}/ready`)).status === 200, { what: 'the index', timeout: 300_000 })
  process.exitCode = await run(program, [
    ...['run', `${indexer.url}/openapi.json`, '--url', indexer.url],
    ...['--checks', CHECKS.join(','), '--phases', 'examples,coverage,fuzzing,stateful'],
    ...['--max-examples', values.examples, '--seed', values.seed, '--continue-on-failure', '--no-shrink'],
    ...['--request-timeout', '60', '--suppress-health-check', 'all', '--warnings', 'off'],
    // The service's own pages are not of the API.
    ...['--exclude-path-regex', '^/(docs|metrics|openapi)'],
    ...(values.path === undefined ? [] : ['--include-path-regex', values.path]),
  ])
  await indexer.stop()
  await database.drop()
} finally {
  await network.close()
}

/** One solver whose work counts, and who took a badge for it: so each list has something. @returns the contract of records and badges */
async function tellRecords(network: Network): Promise<string> {
  const { chain } = network
  const [maker, solver] = await network.people(2)
  const signer = solver! as unknown as Signer
  const oracle = await network.oracle()
  const wasm = await readRecordsWasm()
  const stellartrain = chain.network.contract
  const { contract } = await deployRecords(chain, {
    ...{ wasm, stellartrain, image: badgePictureCid(), signer: maker!, pollMs: 20 },
  })
  const challenge = await network.challenge(maker!, [oracle])
  await network.submit(challenge, solver!)
  await network.vote(challenge, oracle, [scoredVote(solver!, 9_500_000n, 1)])
  const won = { challenge, solver: solver!.publicKey(), attempt: 1 }
  await invoke(chain, recordsAt(contract).fold(won), signer)
  await invoke(chain, recordsAt(contract).mint(won), signer)
  return contract
}

/** Where it is, installed once a version if it is nowhere. */
async function schemathesis(): Promise<string> {
  const named = process.env.SCHEMATHESIS
  if (named) return named
  const folder = join(tmpdir(), `stellartrain-schemathesis-${VERSION}`)
  const found = join(folder, 'bin', 'schemathesis')
  if (
    await access(found).then(
      () => true,
      () => false,
    )
  )
    return found
  process.stderr.write(`Installing schemathesis ${VERSION} into ${folder}\n`)
  const made = await run(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder])
  if (made === 0 && (await run(join(folder, 'bin', 'pip'), ['install', '-q', `schemathesis==${VERSION}`])) === 0)
    return found
  throw new Error(
    'schemathesis could not be installed: give Python 3.11 or newer in PYTHON, or the program in SCHEMATHESIS.',
  )
}

async function run(program: string, args: readonly string[]): Promise<number> {
  const hooks = fileURLToPath(new URL('.', import.meta.url))
  const child = spawn(program, args, {
    stdio: 'inherit',
    cwd: tmpdir(),
    env: { ...process.env, PYTHONPATH: hooks, SCHEMATHESIS_HOOKS: 'fuzz_hooks', PYTHONDONTWRITEBYTECODE: '1' },
  })
  const [code] = await once(child, 'exit')
  return Number(code ?? 1)
}
