/** A kept secret: made once, private, and refused where its file was damaged. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keptSecret, secretHex } from '../index.ts'

const SECRET = '0123456789abcdef'.repeat(4)

async function place(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stellartrain-service-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('is made once, for its owner alone, whatever a killed process left', async () => {
  const folder = await place()
  const file = join(folder, 'secret')
  await writeFile(`${file}.new`, 'half', { mode: 0o644 })
  const made: string[] = []
  const make = () => {
    made.push(SECRET)
    return SECRET
  }
  expect(await keptSecret({ file, parse: secretHex, make })).toBe(SECRET)
  expect(await keptSecret({ file, parse: secretHex, make })).toBe(SECRET)
  expect(made).toHaveLength(1)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['secret'])
})

test.each([
  ['empty', '', 'is empty'],
  ['a line end', '\n', 'is empty'],
  ['cut short', SECRET.slice(0, 40), 'must be 32 bytes in hexadecimal'],
  ['zeros, as after a power cut', '\0'.repeat(64), 'must be 32 bytes in hexadecimal'],
  ['one byte repeated', '00'.repeat(32), 'must be random'],
])('that is %s is an error with a code, and stays as it is', async (_what, content, said) => {
  const file = join(await place(), 'secret')
  await writeFile(file, content)
  const refused = keptSecret({ file, parse: secretHex, make: () => SECRET })
  await expect(refused).rejects.toMatchObject({ code: 'bad_secret', message: expect.stringContaining(said) })
  if (content.length > 1) await expect(refused).rejects.not.toThrow(content)
  expect(await readFile(file, 'utf8')).toBe(content)
})
