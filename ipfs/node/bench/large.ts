/**
 * `npm run bench:large -w @stellartrain/ipfs-node`: a data set of GB (10) gigabytes in parts, with the service killed by -9 in the middle, and
 * read again: seconds, and the most memory of the service. Needs three times the size on the disk.
 */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess } from './process.ts'

const MIB = 1_048_576
const length = Math.round(Number(process.env.GB ?? 10) * 1024) * MIB
const PART = 256 * MIB

/** A mebibyte that no other place of the file has. */
function pieceAt(at: number): Buffer {
  const piece = Buffer.alloc(MIB, createHash('sha512').update(String(at)).digest())
  piece.writeBigUInt64LE(BigInt(at))
  return piece
}

async function* piecesFrom(offset: number, end: number): AsyncGenerator<Buffer> {
  for (let at = offset; at < end; ) {
    const begin = at - (at % MIB)
    const piece = pieceAt(begin).subarray(at - begin, Math.min(MIB, end - begin))
    at += piece.length
    yield piece
  }
}

const home = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'ipfs-large-'))
let service = await startProcess(home)
try {
  let peak = 0
  const token = await service.signIn()
  const headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' }
  const start = performance.now()
  const created = await fetch(`${service.url}/v1/resumable`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(length) },
  })
  const path = created.headers.get('location')
  if (created.status !== 201 || path === null) throw new Error(`${created.status} ${await created.text()}`)
  const killAt = Math.floor(length / PART / 2) * PART + PART / 2
  let killed = false
  let cid: string | null = null
  while (cid === null) {
    const { headers: known } = await fetch(`${service.url}${path}`, { method: 'HEAD', headers })
    const offset = Number(known.get('upload-offset'))
    cid = known.get('x-content-cid')
    if (cid !== null) break
    const body = ReadableStream.from(piecesFrom(offset, Math.min(length, offset + PART)))
    const sent = fetch(`${service.url}${path}`, {
      method: 'PATCH',
      headers: { ...headers, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body,
      duplex: 'half',
    } as RequestInit)
    if (!killed && offset + PART > killAt) {
      killed = true
      setTimeout(() => void service.stop('SIGKILL'), 500)
      peak = service.peakMemory()
      const survived = await sent.then(
        () => true,
        () => false,
      )
      if (survived) await new Promise((resolve) => setTimeout(resolve, 600))
      service = await startProcess(home)
      continue
    }
    const answer = await sent
    if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`)
    cid = answer.headers.get('x-content-cid')
    peak = Math.max(peak, service.peakMemory())
  }
  const stored = performance.now()
  const read = createHash('sha256')
  const expected = createHash('sha256')
  for await (const piece of piecesFrom(0, length)) expected.update(piece)
  const begun = performance.now()
  const answer = await fetch(`${service.url}/ipfs/${cid}`)
  for await (const piece of answer.body!) read.update(piece)
  const figures = {
    bytes: length,
    cid,
    same: read.digest('hex') === expected.digest('hex'),
    storeMBps: Math.round(length / MIB / ((stored - start) / 1000)),
    readMBps: Math.round(length / MIB / ((performance.now() - begun) / 1000)),
    peakMemoryMB: Math.round(Math.max(peak, service.peakMemory()) / MIB),
    killed,
  }
  console.log(JSON.stringify(figures))
  if (!figures.same) process.exitCode = 1
} finally {
  await service.stop()
  await rm(home, { recursive: true, force: true })
}
