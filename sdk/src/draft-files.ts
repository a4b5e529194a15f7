/** Drafts as small files, for the command line: replaced as a whole, so that a crash leaves the old or the new one. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DraftKey, type DraftStore, draftName, parseDraft } from './drafts.ts'

export function fileDrafts(folder: string): DraftStore {
  const path = (key: DraftKey) => join(folder, `${draftName(key)}.json`)
  return {
    async read(key) {
      return parseDraft(await readFile(path(key), 'utf8').catch(() => null))
    },
    async write(draft) {
      await mkdir(folder, { recursive: true })
      const temporary = `${path(draft)}.${process.pid}.tmp`
      await writeFile(temporary, JSON.stringify(draft, null, 2), { mode: 0o600, flush: true })
      await rename(temporary, path(draft))
    },
    async remove(key) {
      await rm(path(key), { force: true })
    },
  }
}
