/**
 * What an oracle promised, on disk before anybody is told: a signature that is forgotten is a place given away twice. One file a
 * challenge, a line of JSON for each entry. What is lost is lost for one lease's time (desk.ts), for the ledger has the rest.
 */
import { open, readFile, rename, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { z } from 'zod'

const signature = z.object({ oracle: z.string(), signature: z.string() })
const place = z.int().nonnegative()

const entry = z.discriminatedUnion('type', [
  /** `since`: from when on this file is whole, ledger time; 0 where it was begun before this oracle accepted the challenge. */
  z.object({ type: z.literal('begun'), since: z.int().nonnegative() }),
  z.object({
    type: z.literal('lease'),
    labeler: z.string(),
    attempt: z.int().positive(),
    layer: z.int().positive(),
    items: z.array(place),
    proposer: z.string(),
    at: z.int().nonnegative(),
    expires: z.int().nonnegative(),
    signatures: z.array(signature),
    complete: z.boolean(),
  }),
  /** What a batch is about, so that it need not be opened again. */
  z.object({
    type: z.literal('batch'),
    labeler: z.string(),
    attempt: z.int().positive(),
    layer: place,
    items: z.array(place),
  }),
])

export type JournalEntry = z.output<typeof entry>

export type Journal<Entry = JournalEntry> = {
  /** What an earlier process wrote, from the first line on; empty for a new one, and for one that was damaged. */
  readonly entries: readonly Entry[]
  /** On disk when it resolves. One at a time: the caller waits. */
  append(entry: Entry): Promise<void>
}

/** @param onDamaged told what could not be read; the file is kept beside as `….damaged` */
export const openJournal = (folder: string, challenge: number, onDamaged: () => void): Promise<Journal> =>
  openJournalOf(entry, folder, challenge, onDamaged)

/** The same of other entries. */
export async function openJournalOf<Entry>(
  schema: z.ZodType<Entry>,
  folder: string,
  challenge: number,
  onDamaged: () => void,
): Promise<Journal<Entry>> {
  makeFolder(folder, 0o700)
  const file = join(folder, `${challenge}.jsonl`)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const read = parse(schema, text)
  if (read === undefined) {
    onDamaged()
    await rename(file, `${file}.damaged`)
  } else if (read.whole < Buffer.byteLength(text)) {
    await truncate(file, read.whole)
  }
  let fresh = read === undefined || text === ''
  let whole = read?.whole ?? 0
  let torn = false
  return {
    entries: read?.entries ?? [],
    async append(next) {
      const line = `${JSON.stringify(next)}\n`
      // A disk that was full has part of the last line.
      if (torn) await truncate(file, whole)
      torn = true
      const handle = await open(file, 'a', 0o600)
      try {
        await handle.writeFile(line)
        await handle.sync()
      } finally {
        await handle.close()
      }
      whole += Buffer.byteLength(line)
      torn = false
      if (fresh) await syncFolder(folder)
      fresh = false
    },
  }
}

/**
 * `whole`: the length of what is whole, in bytes. A process that died while it wrote leaves a line without an end, which nobody was told
 * of. Undefined where any other line cannot be read.
 */
function parse<Entry>(schema: z.ZodType<Entry>, text: string): { entries: Entry[]; whole: number } | undefined {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const entries: Entry[] = []
  for (const line of whole.split('\n')) {
    if (line === '') continue
    try {
      entries.push(schema.parse(JSON.parse(line)))
    } catch {
      return undefined
    }
  }
  return { entries, whole: Buffer.byteLength(whole) }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
