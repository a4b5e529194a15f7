/** Drafts as small files, for the command line: replaced as a whole, so that a crash leaves the old or the new one. */
import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import type { DraftFiles } from './draft-bytes.ts'
import { DRAFT_PREFIX, type DraftKey, draftName } from './draft-name.ts'
import { type DraftStore, parseDraft } from './drafts.ts'

export function fileDrafts(folder: string): DraftStore {
  const path = (key: DraftKey) => join(folder, `${draftName(key)}.json`)
  const parse = async (file: string) => parseDraft(await readFile(file, 'utf8').catch(() => null))
  return {
    read: (key) => parse(path(key)),
    write: (draft) => replace(folder, path(draft), JSON.stringify(draft, null, 2)),
    async remove(key) {
      await rm(path(key), { force: true })
    },
    async list() {
      const names = await readdir(folder).catch(() => [])
      const drafts = names.filter((name) => name.startsWith(DRAFT_PREFIX) && name.endsWith('.json'))
      return (await Promise.all(drafts.map((name) => parse(join(folder, name))))).flatMap((draft) => draft ?? [])
    },
    files: filesIn(folder, 'age'),
    originals: filesIn(folder, 'csv'),
    leases: filesIn(folder, 'lease'),
  }
}

function filesIn(folder: string, extension: 'age' | 'csv' | 'lease'): DraftFiles {
  const path = (key: DraftKey) => join(folder, `${draftName(key)}.${extension}`)
  return {
    keep: (key, bytes) => replace(folder, path(key), bytes),
    async read(key) {
      const found = await readFile(path(key)).catch(() => undefined)
      return found && new Uint8Array(found)
    },
    async drop(key) {
      await rm(path(key), { force: true })
    },
  }
}

async function replace(folder: string, file: string, content: string | Uint8Array): Promise<void> {
  makeFolder(folder)
  // A name of its own: two commands, or two calls of one program, may keep the same draft at once.
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    await writeFile(temporary, content, { mode: 0o600, flush: true })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
