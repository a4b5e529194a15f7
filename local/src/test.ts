/**
 * `npm test`: the tests of every language that this machine can run, and one line that counts them. With `--journeys` the journeys through
 * running services and browsers instead, with `--all` both; with paths the tests of these files.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Which of vitest's projects a run takes, and whether cargo's tests come with them. */
const RUNS: Readonly<Record<string, { projects: string[]; rust: boolean }>> = {
  '--tests': { projects: ['node', 'pages'], rust: true },
  '--journeys': { projects: ['journeys'], rust: false },
  '--all': { projects: ['node', 'pages', 'journeys'], rust: true },
}

type Count = { passed: number; failed: number }

// A reader that leaves, such as `head`, must not leave the tests running without their parent.
process.stdout.on('error', () => {})

/** Runs a command, shows its output as it comes, and gives it back. */
function run(command: string, args: string[], cwd: string, stories?: string): Promise<{ output: string; ok: boolean }> {
  return new Promise((done) => {
    let output = ''
    const env = stories ? { ...process.env, STORY_DUMP: stories } : process.env
    const child = spawn(command, args, { cwd, env, stdio: ['inherit', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk
        process.stdout.write(chunk)
      })
    }
    child.on('error', (error) => done({ output: `${output}\n${error.message}`, ok: false }))
    child.on('close', (code) => done({ output, ok: code === 0 }))
  })
}

/** cargo prints one `test result: ok. 12 passed; 0 failed; …` line a test binary. */
export function countCargo(output: string): Count {
  const count = { passed: 0, failed: 0 }
  for (const match of output.matchAll(/test result: \w+\. (\d+) passed; (\d+) failed/g)) {
    count.passed += Number(match[1])
    count.failed += Number(match[2])
  }
  return count
}

/** `stories`: where the contract's random stories are written, for the indexer to answer. */
async function cargo(stories: string): Promise<Count> {
  if (spawnSync('cargo', ['--version']).status !== 0) {
    console.log('The Rust tests of the contract are left out: there is no cargo here (https://rustup.rs installs it).')
    return { passed: 0, failed: 0 }
  }
  console.log('Rust: the contract, natively')
  const { output, ok } = await run('cargo', ['test', '--locked', '--quiet'], join(ROOT, 'contracts'), stories)
  const count = countCargo(output)
  if (!ok && count.failed === 0) count.failed = 1 // it did not compile
  return count
}

async function vitest(args: string[], stories: string): Promise<Count> {
  console.log('TypeScript: on the local network')
  const report = join(tmpdir(), `stellartrain-test-${process.pid}.json`)
  const { ok } = await run(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${report}`,
      ...args,
    ],
    ROOT,
    stories,
  )
  try {
    const result = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      testResults: { status: string; assertionResults: unknown[] }[]
    }
    // A file that fails before its first test counts as one failure.
    const broken = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    const failed = result.numFailedTests + broken.length
    return { passed: result.numPassedTests, failed: ok ? failed : Math.max(1, failed) }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(report, { force: true })
  }
}

if (import.meta.main) {
  const args = process.argv.slice(2)
  const [which] = args
  const { projects, rust } = RUNS[which ?? '--tests'] ?? { projects: [], rust: false }
  const stories = mkdtempSync(join(tmpdir(), 'stellartrain-stories-'))
  process.on('exit', () => rmSync(stories, { recursive: true, force: true }))
  const selected = projects.length > 0 ? [...projects.map((one) => `--project=${one}`), ...args.slice(1)] : args
  const counts = [rust ? await cargo(stories) : { passed: 0, failed: 0 }, await vitest(selected, stories)]
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}
