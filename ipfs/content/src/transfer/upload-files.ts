/** Uploading many files as archives: small ones cost a service little more than their bytes. */
import type { CID } from 'multiformats/cid'
import * as z from 'zod/mini'
import { concat } from '../encoding/bytes.ts'
import { parseCid } from '../encoding/cid.ts'
import { CAR_MEDIA_TYPE, writeCarOf } from '../unixfs/car.ts'
import { importBytes } from '../unixfs/import.ts'
import { cidMismatch, send, type Uploaded, type UploadTarget } from './upload.ts'

/** What one archive holds: as many files as a service takes, and so many bytes that a broken connection costs little. */
const MOST_FILES = 1_000
const MOST_BYTES = 64 * 1024 * 1024

const answer = z.object({ files: z.array(z.object({ cid: z.string(), bytes: z.number() })) })

/**
 * Uploads files in their order and compares each CID with our own; yields what was stored after each archive, so that who is cut off
 * goes on from there. Memory holds one archive. A file larger than 64 MiB goes alone.
 * @throws as `upload`
 */
export async function* uploadFiles(
  target: UploadTarget,
  files: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uploaded[]> {
  let batch: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for await (const file of files) {
    if (batch.length === MOST_FILES || (batch.length > 0 && bytes + file.length > MOST_BYTES)) {
      yield await sendArchive(target, batch)
      batch = []
      bytes = 0
    }
    batch.push(file)
    bytes += file.length
  }
  if (batch.length > 0) yield await sendArchive(target, batch)
}

async function sendArchive(target: UploadTarget, files: readonly Uint8Array<ArrayBuffer>[]): Promise<Uploaded[]> {
  const blocks = new Map<string, Uint8Array>()
  const expected: Uploaded[] = []
  for (const file of files) {
    const keep = async (cid: CID, block: Uint8Array) => void blocks.set(cid.toString(), block)
    expected.push(await importBytes(file, keep))
  }
  const roots = expected.map(({ cid }) => parseCid(cid))
  const archive: Uint8Array[] = []
  for await (const part of writeCarOf(roots, async (cid) => blocks.get(cid.toString())!)) archive.push(part)
  const sending = { path: '/v1/uploads/files' as const, type: CAR_MEDIA_TYPE, bytes: concat(archive) }
  const stored = await send({ ...target, ...sending }, answer)
  for (const [index, { cid, bytes }] of expected.entries()) {
    const one = stored.files[index]
    if (one?.cid !== cid || one.bytes !== bytes) throw cidMismatch(one?.cid, cid)
  }
  return expected
}
