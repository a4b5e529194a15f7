/** Folders of the sdk, each of which imports only those before it: what runs through them goes one way. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('.', import.meta.url))

/** Folders in one line know nothing of each other. */
const ORDER: readonly (readonly string[])[] = [
  ['system'],
  ['oracles', 'drafts', 'story'],
  ['challenge'],
  ['grade'],
  ['labeling'],
  ['opened', 'submit'],
  ['judge', 'earnings'],
  ['create', 'verify'],
  ['labels'],
  ['cli'],
  ['deploy'],
]
const rank = (folder: string): number => ORDER.findIndex((folders) => folders.includes(folder))

test('an import leads to the same folder or to one before it', () => {
  const files = globSync('*/**/*.ts', { cwd: SRC }).filter(
    (file) => !/\.(test|fixture)\.ts$|^(testing|journeys)\//.test(file),
  )
  expect(files.length).toBeGreaterThan(150)
  expect(files.filter((file) => rank(folderOf(file)) < 0)).toEqual([])
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap((target) => {
      const [from, to] = [folderOf(file), folderOf(target)]
      return from === to || rank(to) < rank(from) ? [] : [`${file} imports ${target}`]
    }),
  )
  expect(wrong).toEqual([])
})

const folderOf = (file: string): string => file.split('/')[0]!

function importsOf(file: string): string[] {
  const source = readFileSync(join(SRC, file), 'utf8')
  return [...source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) => join(dirname(file), path!))
}
