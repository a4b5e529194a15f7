/** A secret that a service makes once and keeps: on disk before it has its name, and checked each time that it is read. */
import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ServiceError } from '../errors.ts'
import { InvalidValue, type Parser } from './parsers.ts'

/** The file is there and holds no secret of this shape: nothing is made in its place, for what was signed by the old one may count. */
export class SecretDamaged extends ServiceError<'bad_secret'> {
  override readonly name = 'SecretDamaged'
}

export type SecretFile<T> = Readonly<{
  file: string
  /** The shape; throws InvalidValue, which completes the sentence "The secret in FILE …". */
  parse: Parser<T>
  /** A new one, as text; called where no file is. */
  make: () => string
}>

/** @throws SecretDamaged, never with what the file holds */
export async function keptSecret<T>({ file, parse, make }: SecretFile<T>): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw damaged(file, `cannot be read (${error.code})`, error)
  })
  if (text === undefined) {
    const made = make()
    await writeDurably(file, `${made}\n`)
    return parse(made)
  }
  try {
    return parse(text.replace(/\r?\n$/, ''))
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error
    throw damaged(file, text.trim() === '' ? 'is empty' : error.message, error)
  }
}

/**
 * Writes beside and renames, with the file and then its folder on disk: a power cut leaves the old content, the new one, or no file,
 * never an empty one. Only its owner may read it.
 */
export async function writeDurably(file: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const partial = `${file}.new`
  const handle = await open(partial, 'w', mode)
  try {
    // One that a killed process left keeps its own mode.
    await handle.chmod(mode)
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(partial, file)
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function damaged(file: string, what: string, cause: unknown): SecretDamaged {
  const message = `The secret in ${file} ${what}. Put back what it held; or remove the file, and a new one is made: sessions end, and public keys derived from it change.`
  return new SecretDamaged('bad_secret', message, { cause })
}
