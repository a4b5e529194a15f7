/** From a file's bytes to blocks and the CID that these bytes have everywhere (profile `unixfs-v1-2025`). */
import { importFile } from 'ipfs-unixfs-importer'
import type { CID } from 'multiformats/cid'

/** Receives every block of an import; resolves once it may be forgotten. */
export type PutBlock = (cid: CID, bytes: Uint8Array) => Promise<void>

/** The profile's name for whatever imports files; its numbers are in docs/formats.md. */
export const PROFILE = 'unixfs-v1-2025'

export type ByteSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * Cuts a file into blocks by the profile `unixfs-v1-2025` and hands each to `put`, children first.
 * Holds a few chunks of 1 MiB in memory, never the whole stream.
 */
export async function importBytes(
  source: ByteSource,
  put: PutBlock = async () => {},
): Promise<{ cid: string; bytes: number }> {
  let bytes = 0
  async function* counted() {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      bytes += chunk.length
      if (chunk.length > 0) yield chunk
    }
  }
  const store = {
    async put(cid: CID, block: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
      if (!(block instanceof Uint8Array)) throw new TypeError('the importer is expected to write whole blocks')
      await put(cid, block)
      return cid
    },
  }
  const { cid } = await importFile({ content: counted() }, store, { profile: PROFILE })
  return { cid: cid.toString(), bytes }
}

/** The CID alone, without keeping any block. */
export async function computeCid(source: ByteSource): Promise<string> {
  return (await importBytes(source)).cid
}
