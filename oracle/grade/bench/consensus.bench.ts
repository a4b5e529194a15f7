/**
 * Fits the Dawid–Skene model to a million labels, beside crowd-kit on the same file in the same run, in turns.
 *
 *     npx node oracle/grade/bench/consensus.bench.ts [--json] [--votes N] [--iterations N] [--rounds N]
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { noise } from './data.ts'
import { findReference } from './reference.ts'

interface Fit {
  /** Of the fit: numbering the votes, as they are read from a text, is ours; joining them, once they are read, is theirs. */
  seconds: number
  labels: string
  whole: number
}

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Five labels an item by labelers of different skill, 2,000 items a labeler. */
function writeVotes(path: string, votes: number): void {
  const random = noise(20261129)
  const labelers = Math.max(5, Math.round(votes / 2000))
  const skill = Float64Array.from({ length: labelers }, () => 0.3 + 0.65 * random())
  const lines = ['task,worker,label']
  for (let item = 0; lines.length <= votes; item++) {
    const truth = Math.floor(random() * 5)
    const first = Math.floor(random() * labelers)
    for (let nth = 0; nth < 5; nth++) {
      const labeler = (first + nth) % labelers
      const label = random() < skill[labeler]! ? truth : Math.floor(random() * 5)
      lines.push(`i${item},w${labeler},l${label}`)
    }
  }
  writeFileSync(path, `${lines.join('\n')}\n`)
}

/** Both find their modules compiled from the second round on: Python keeps them beside the sources, Node where it is told to. */
function run(command: string, args: string[]): Fit {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
  const start = performance.now()
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error ?? stderr}`)
  return { ...(JSON.parse(stdout) as Omit<Fit, 'whole'>), whole: (performance.now() - start) / 1000 }
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    votes: { type: 'string', default: '1000000' },
    iterations: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '2' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'consensus-bench-'))
try {
  const reference = findReference('consensus-requirements.txt', ['crowd-kit'])
  const path = join(folder, 'votes.csv')
  writeVotes(path, Number(values.votes))
  const ours: Fit[] = []
  const theirs: Fit[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    ours.push(run(process.execPath, [file('consensus.main.ts'), path, values.iterations]))
    if (reference) theirs.push(run(reference.python, [file('consensus.py'), path, values.iterations]))
  }
  if (theirs[0] && theirs[0].labels !== ours[0]!.labels) throw new Error('The consensus differs.')
  for (const [what, of] of [
    ['fit', (fit: Fit) => fit.seconds],
    ['whole process', (fit: Fit) => fit.whole],
  ] as const) {
    const mine = Math.min(...ours.map(of))
    const reached = theirs.length > 0 ? Math.min(...theirs.map(of)) : null
    const ratio = reached === null ? null : Number((reached / mine).toPrecision(3))
    const name = `Dawid–Skene, ${values.votes} labels, ${values.iterations} rounds, ${what}`
    const line = {
      bench: 'consensus',
      what: name,
      ours: mine,
      reference: reached,
      referenceName: reference?.name ?? null,
      unit: 's',
      ratio,
    }
    process.stdout.write(
      `${values.json ? JSON.stringify(line) : `${name}: ${mine.toFixed(2)} s, ${reference?.name ?? 'no reference'} ${reached?.toFixed(2) ?? ''}, ratio ${ratio ?? '-'}`}\n`,
    )
  }
} finally {
  rmSync(folder, { recursive: true })
}
