/**
 * Throughput of uploads beside `ipfs add` of a real Kubo on the same disk, the same bytes in one file and in many. Both are a client that
 * sends to a process of its own by HTTP: ours signed in, many files in archives, answered once all is on disk; Kubo's with its blocks synced
 * as ours are, and as it is by default, without. The one file is also read again, through both gateways. BENCH_MB (1024) and BENCH_FILES
 * (10000) set the size. Without a Kubo (local/check/kubo.sh) only our figures are printed.
 */
import { openAsBlob, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uploadFiles } from '@stellartrain/ipfs-content/upload-files'
import { runKubo } from './kubo.ts'
import { startProcess } from './process.ts'
import { secondsToRead } from './read.ts'

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

/** Megabytes a second that it took, and with one file gave again; CPU of the service for each, milliseconds a megabyte; its most memory, MB. */
async function ours(
  home: string,
  names: readonly string[],
): Promise<{ speed: number; cpu: number; readSpeed: number | undefined; readCpu: number; memory: number }> {
  const service = await startProcess(home)
  try {
    const start = performance.now()
    const token = await service.signIn()
    const began = service.cpuSeconds()
    let cid: string | undefined
    if (names.length === 1) cid = await one(service.url, token, names[0]!)
    else {
      for await (const _ of uploadFiles({ url: service.url, token, idleTimeoutMs: 600_000 }, contents(names)));
    }
    const speed = megabytes / ((performance.now() - start) / 1000)
    const taken = service.cpuSeconds()
    const seconds = cid === undefined ? undefined : await secondsToRead(`${service.url}/ipfs/${cid}`, megabytes * MIB)
    const perMegabyte = (from: number, to: number) => ((to - from) * 1000) / megabytes
    return {
      ...{ speed, cpu: perMegabyte(began, taken) },
      ...{ readSpeed: seconds && megabytes / seconds, readCpu: perMegabyte(taken, service.cpuSeconds()) },
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
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/v1/uploads`, { method: 'POST', headers, body: await openAsBlob(name) })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  return ((await response.json()) as { cid: string }).cid
}

function figure(what: string, value: number, unit: string, reference?: number, referenceName = 'Kubo'): void {
  const known = reference === undefined ? null : reference
  const named = known === null ? null : referenceName
  const line = { bench: 'ipfs', what, ours: value, reference: known, referenceName: named, unit }
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
    const { speed, cpu, readSpeed, readCpu, memory } = await ours(join(folder, `ours-${count}`), names)
    for (const sync of [true, false]) {
      const read = count === 1 ? { name: '0', bytes: megabytes * MIB } : undefined
      const kubo = await runKubo(join(folder, `kubo-${count}-${sync}`), data, { profile: PROFILE, sync, read })
      const name = sync ? 'Kubo, synced' : 'Kubo, not synced'
      figure(`add ${megabytes} MB in ${what}`, speed, 'MB/s', kubo && megabytes / kubo.seconds, name)
      if (readSpeed !== undefined && (sync || kubo === undefined))
        figure(`read ${megabytes} MB of ${what}`, readSpeed, 'MB/s', kubo?.readSeconds && megabytes / kubo.readSeconds)
      if (kubo === undefined) break
    }
    figure(`CPU of the service, add ${what}`, cpu, 'ms/MB')
    if (readSpeed !== undefined) figure(`CPU of the service, read ${what}`, readCpu, 'ms/MB')
    figure(`memory of the service meanwhile, ${what}`, memory, 'MB')
    await rm(data, { recursive: true })
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
