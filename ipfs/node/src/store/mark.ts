/** Says in `incoming` that something is under way: who is killed meanwhile, or whose disk fails, has the next start put it right. */
import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The mark stays where `work` rejects. Each has a name of its own: a later one that succeeds must not remove it. */
export async function marked<T>(incoming: string, work: () => Promise<T>): Promise<T> {
  const mark = join(incoming, `mark-${randomUUID()}`)
  await writeFile(mark, '')
  const result = await work()
  await rm(mark, { force: true })
  return result
}
