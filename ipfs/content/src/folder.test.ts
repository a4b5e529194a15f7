import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeFolder } from './folder.ts'

const home = mkdtempSync(join(tmpdir(), 'stellartrain-folder-'))
afterAll(() => rmSync(home, { recursive: true }))

test('it is made with those above it, with the mode that was asked for, and may be there', () => {
  const folder = join(home, 'a', 'b', 'c')
  makeFolder(folder, 0o700)
  makeFolder(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('what is no folder is told with its path', () => {
  writeFileSync(join(home, 'file'), '')
  symlinkSync(join(home, 'nowhere'), join(home, 'dangling'))
  for (const path of [
    join(home, 'file'),
    join(home, 'file', 'x'),
    join(home, 'file', 'x', 'y'),
    join(home, 'dangling'),
  ])
    expect(() => makeFolder(path), path).toThrow(
      expect.objectContaining({
        code: 'no_folder',
        message: expect.stringContaining(`The folder ${path} cannot be made`),
      }),
    )
})

// Where nobody may write, and where there are no permissions for root.
test.skipIf(process.getuid?.() === 0)('a folder without permission says so', () => {
  mkdirSync(join(home, 'closed'))
  chmodSync(join(home, 'closed'), 0o500)
  expect(() => makeFolder(join(home, 'closed', 'x'))).toThrow('you have no permission to.')
})

test.skipIf(!existsSync('/proc/self'))('a file system that takes no folders ends it instead of never returning', () => {
  for (const path of ['/proc/stellartrain/x', '/proc/self/stellartrain/x'])
    expect(() => makeFolder(path)).toThrow('its file system takes no new folders.')
})
