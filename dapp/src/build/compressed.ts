/** Files that a server may send as they are: compressed once, when the pages are built, instead of for each visitor. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** What compresses well; pictures, fonts and archives are compressed already. */
const COMPRESSIBLE = /\.(js|css|json|svg|wasm)$/
/** Smaller ones fit in a packet. */
const LEAST_BYTES = 1024
/** Of the large files in which better levels take seconds, they save hundredths. */
const LEVEL = 6

const compress = promisify(gzip)

/** Writes `NAME.gz` beside each file of the folder that is smaller compressed, for `Accept-Encoding: gzip`. */
export async function compressFiles(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => COMPRESSIBLE.test(name))
  const each = names.map(async (name) => {
    const path = join(folder, name)
    const bytes = await readFile(path)
    if (bytes.length < LEAST_BYTES) return
    const smaller = await compress(bytes, { level: LEVEL })
    if (smaller.length < bytes.length) await writeFile(`${path}.gz`, smaller)
  })
  await Promise.all(each)
}
