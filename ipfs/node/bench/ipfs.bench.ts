/**
 * Throughput of storing and pinning, beside `ipfs add` of a real Kubo on the same disk, the same bytes in one file and in many.
 * Ours is the store alone, as an upload uses it once its bytes arrive; Kubo's daemon runs, so its start is not measured.
 * BENCH_MB (1024) and BENCH_FILES (10000) set the size. Without a Kubo (local/check/kubo.sh) only our figures are printed.
 */

import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openNode } from '../src/store/node.ts'
import { runKubo } from './kubo.ts'

const MIB = 1_048_576
const megabytes = Number(process.env.BENCH_MB ?? 1024)
const files = Number(process.env.BENCH_FILES ?? 10_000)
/** Our profile; Kubo's own default is another one. */
const PROFILE = ['--cid-version=1', '--raw-leaves', '--chunker=size-1048576', '--max-file-links=1024']

const LIMIT = 2 ** 43
const limits = {
  ...{ maxUploadBytes: LIMIT, maxAccountBytes: LIMIT, maxUploadsBytes: LIMIT },
  ...{ maxSubmissionBytes: LIMIT, maxChallengeBytes: LIMIT, maxSubmissionsBytes: LIMIT },
}

/** Bytes that no block has twice, of a generator that costs next to nothing. */
function pieceOf(seed: number, bytes: number): Buffer {
  const out = new Uint32Array(Math.ceil(bytes / 4))
  let state = (seed * 2_654_435_761) | 1
  for (let i = 0; i < out.length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    out[i] = state
  }
  return Buffer.from(out.buffer, 0, bytes)
}

async function makeFiles(folder: string, count: number): Promise<string[]> {
  await mkdir(folder)
  const bytes = Math.floor((megabytes * MIB) / count)
  const names: string[] = []
  for (let i = 0; i < count; i++) {
    const name = join(folder, String(i))
    names.push(name)
    const parts = Math.max(1, Math.ceil(bytes / MIB))
    for (let part = 0; part < parts; part++)
      await writeFile(name, pieceOf(i * 100_003 + part + 1, Math.min(MIB, bytes - part * MIB)), { flag: 'a' })
  }
  return names
}

/** Megabytes a second, and the most memory that the process held, in MB. */
async function ours(home: string, names: readonly string[]): Promise<{ speed: number; memory: number }> {
  const node = await openNode(home, { limits, reserveBytes: 0 })
  const start = performance.now()
  let memory = 0
  for (const name of names) {
    await node.add('GBENCH', createReadStream(name, { highWaterMark: MIB }), null)
    memory = Math.max(memory, process.memoryUsage().rss)
  }
  const speed = megabytes / ((performance.now() - start) / 1000)
  await node.close()
  return { speed, memory: memory / MIB }
}

function figure(what: string, value: number, unit: string, reference?: number): void {
  const known = reference === undefined ? null : reference
  const line = {
    bench: 'ipfs',
    what,
    ours: value,
    reference: known,
    referenceName: known === null ? null : 'Kubo',
    unit,
  }
  console.log(JSON.stringify({ ...line, ratio: known === null ? null : value / known }))
}

const folder = await mkdtemp(join(tmpdir(), 'ipfs-bench-'))
try {
  for (const [what, count] of [
    ['one file', 1],
    [`${files} files`, files],
  ] as const) {
    const data = join(folder, `data-${count}`)
    const names = await makeFiles(data, count)
    const { speed, memory } = await ours(join(folder, `ours-${count}`), names)
    const kubo = await runKubo(join(folder, `kubo-${count}`), data, PROFILE)
    figure(`store and pin ${megabytes} MB in ${what}`, speed, 'MB/s', kubo && megabytes / kubo.seconds)
    figure(`memory meanwhile, ${what}`, memory, 'MB')
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
