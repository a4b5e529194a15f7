/** Receives an upload into a file outside the store, so that what is broken off or too large never touches a block. */
import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asDiskFull, IpfsError } from '../errors.ts'

export type Spooled = { file: string; bytes: number; remove: () => Promise<void> }

/**
 * Writes the stream to a new file in `folder`; memory holds a chunk at a time, and `checkRoom` may refuse each. On any failure the file is gone.
 * @throws IpfsError `too_large` as soon as `maxBytes` is passed, `disk_full`; or what the stream throws.
 */
export async function spool(
  body: AsyncIterable<Uint8Array> | null,
  options: { folder: string; maxBytes: number; checkRoom?: (bytes: number) => Promise<void> },
): Promise<Spooled> {
  const file = join(options.folder, `${randomUUID()}.upload`)
  const remove = () => rm(file, { force: true })
  try {
    return { file, bytes: await receive(body, file, options), remove }
  } catch (error) {
    await remove()
    throw asDiskFull(error)
  }
}

async function receive(
  body: AsyncIterable<Uint8Array> | null,
  file: string,
  { maxBytes, checkRoom }: { maxBytes: number; checkRoom?: (bytes: number) => Promise<void> },
): Promise<number> {
  const handle = await open(file, 'wx', 0o600)
  try {
    let bytes = 0
    for await (const chunk of body ?? []) {
      bytes += chunk.length
      if (bytes > maxBytes) throw tooLarge(maxBytes)
      await checkRoom?.(chunk.length)
      await handle.writeFile(chunk)
    }
    return bytes
  } finally {
    await handle.close()
  }
}

export function tooLarge(maxBytes: number): IpfsError {
  return new IpfsError('too_large', `Uploads may have at most ${maxBytes} bytes.`)
}
