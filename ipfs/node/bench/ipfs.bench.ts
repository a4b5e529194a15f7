/**
 * Throughput of uploads beside `ipfs add` of a real Kubo on the same disk, the same bytes in one file and in many. Both are a client that
 * sends to a process of its own by HTTP: ours signed in, many files in archives by `uploadFiles`, answered once all is on disk. Kubo runs
 * twice: with blocks synced and compared with their CIDs when they are read, as ours always are, and as it is by default, without. The one
 * file is also read again, through both gateways. BENCH_MB (1024) and BENCH_FILES (10000) set the size. Without a Kubo
 * (local/check/kubo.sh) only our figures are printed.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uploadFiles } from '@stellartrain/ipfs-content/upload-files'
import { runKubo } from './kubo.ts'
import { startProcess } from './process.ts'
import { secondsToRead } from './read.ts'
import { sendFile } from './send.ts'

const MIB = 1_048_576
const megabytes = Number(process.env.BENCH_MB ?? 1024)
const files = Number(process.env.BENCH_FILES ?? 10_000)
/** Our profile; Kubo's own default is another one. */
const PROFILE = ['--cid-version=1', '--raw-leaves', '--chunker=size-1048576', '--max-file-links=1024']

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

/** CPU is that of the service; its most memory in MB. */
type Figures = { seconds: number; cpu: number; read: { seconds: number; cpu: number } | undefined; memory: number }

async function ours(home: string, names: readonly string[]): Promise<Figures> {
  const service = await startProcess(home)
  try {
    const token = await service.signIn()
    const begun = service.cpuSeconds()
    const start = performance.now()
    let cid: string | undefined
    if (names.length === 1) cid = await one(service.url, token, names[0]!)
    else {
      for await (const _ of uploadFiles({ url: service.url, token, idleTimeoutMs: 600_000 }, contents(names)));
    }
    const seconds = (performance.now() - start) / 1000
    const added = service.cpuSeconds()
    const readSeconds =
      cid === undefined ? undefined : await secondsToRead(`${service.url}/ipfs/${cid}`, megabytes * MIB)
    return {
      ...{ seconds, cpu: added - begun },
      read: readSeconds === undefined ? undefined : { seconds: readSeconds, cpu: service.cpuSeconds() - added },
      memory: service.peakMemory() / MIB,
    }
  } finally {
    await service.stop()
  }
}

function* contents(names: readonly string[]): Generator<Uint8Array<ArrayBuffer>> {
  for (const name of names) yield new Uint8Array(readFileSync(name))
}

async function one(url: string, token: string, name: string): Promise<string> {
  const text = await sendFile(`${url}/v1/uploads`, name, { authorization: `Bearer ${token}` })
  return (JSON.parse(text) as { cid: string }).cid
}

/** What was written before is on disk: nobody pays for what another one left to be written. */
const settle = () => execFileSync('sync')

function figure(what: string, value: number, unit: string, reference?: number, referenceName = 'Kubo'): void {
  const known = reference === undefined ? null : reference
  const named = known === null ? null : referenceName
  const line = { bench: 'ipfs', what, ours: value, reference: known, referenceName: named, unit }
  console.log(JSON.stringify({ ...line, ratio: known === null ? null : value / known }))
}

const speed = (seconds: number) => megabytes / seconds
const perMegabyte = (seconds: number) => (seconds * 1000) / megabytes

const folder = await mkdtemp(join(tmpdir(), 'ipfs-bench-'))
try {
  for (const [what, count] of [
    ['one file', 1],
    [`${files} files`, files],
  ] as const) {
    const data = join(folder, `data-${count}`)
    const names = await makeFiles(data, count)
    settle()
    const mine = await ours(join(folder, `ours-${count}`), names)
    await rm(join(folder, `ours-${count}`), { recursive: true })
    for (const safe of [true, false]) {
      settle()
      const home = join(folder, `kubo-${count}-${safe}`)
      const read = count === 1 ? { name: '0', bytes: megabytes * MIB } : undefined
      const kubo = await runKubo(home, data, { profile: PROFILE, safe, read })
      await rm(home, { recursive: true, force: true })
      const name = safe ? 'Kubo, synced and checked' : 'Kubo by default'
      figure(`add ${megabytes} MB in ${what}`, speed(mine.seconds), 'MB/s', kubo && speed(kubo.seconds), name)
      figure(`CPU, add ${what}`, perMegabyte(mine.cpu), 'ms/MB', kubo && perMegabyte(kubo.cpu), name)
      if (mine.read) {
        const theirs = kubo?.read
        figure(`read ${what}`, speed(mine.read.seconds), 'MB/s', theirs && speed(theirs.seconds), name)
        figure(`CPU, read ${what}`, perMegabyte(mine.read.cpu), 'ms/MB', theirs && perMegabyte(theirs.cpu), name)
      }
      if (kubo === undefined) break
    }
    figure(`memory of the service meanwhile, ${what}`, mine.memory, 'MB')
    await rm(data, { recursive: true })
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
