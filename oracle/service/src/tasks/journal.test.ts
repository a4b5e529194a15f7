/** A journal keeps what was promised through a death in the middle of a line, and says when it lost something. */
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type JournalEntry, openJournal } from './journal.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const batch = (attempt: number): JournalEntry => ({ type: 'batch', labeler: 'G', attempt, layer: 1, items: [1, 2] })
const fail = () => expect.fail('nothing was damaged')

test('what was written is read again; a line that nobody was told of is dropped, and the next one is whole', async () => {
  const first = await openJournal(folder, 1, fail)
  expect(first.entries).toEqual([])
  await first.append({ type: 'begun', since: 0 })
  await first.append(batch(1))
  await appendFile(join(folder, '1.jsonl'), '{"type":"batch","labeler":"G","att')
  const second = await openJournal(folder, 1, fail)
  expect(second.entries).toEqual([{ type: 'begun', since: 0 }, batch(1)])
  await second.append(batch(2))
  expect((await openJournal(folder, 1, fail)).entries.at(-1)).toEqual(batch(2))
})

test.each(['nonsense', '{"type":"batch"}', '{"type":"lease","labeler":7}'])(
  'a file with %s in it is kept beside and begun anew',
  async (line) => {
    const file = join(folder, '2.jsonl')
    await writeFile(file, `${line}\n${JSON.stringify(batch(1))}\n`)
    let damaged = 0
    const journal = await openJournal(folder, 2, () => void damaged++)
    expect([damaged, journal.entries]).toEqual([1, []])
    await journal.append({ type: 'begun', since: 7 })
    expect(await readFile(file, 'utf8')).toBe('{"type":"begun","since":7}\n')
    expect(await readdir(folder)).toContain('2.jsonl.damaged')
    await rm(file)
  },
)
