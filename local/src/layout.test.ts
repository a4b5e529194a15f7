/**
 * Folders in the order of their imports: what runs through a package goes one way, and its README shows it. A README that says "imports only
 * those above it" of a package's folders has the order in the first column of the table below that sentence; parts in one row know nothing of each other.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT, workspaces } from './packages/workspaces.ts'

const PROMISE = /imports only those above it/
const TESTS = /\.(test|fixture)\.tsx?$|harness\.ts$|(^|\/)(testing|test|journeys)\//

const layouts = workspaces.flatMap(({ folder }) => {
  const readme = join(ROOT, folder, 'README.md')
  const order = existsSync(readme) ? orderIn(readFileSync(readme, 'utf8')) : undefined
  return order ? [{ folder, order }] : []
})

test('packages of many folders say in which order they stand', () => {
  expect(layouts.map(({ folder }) => folder)).toEqual([
    'contracts/client',
    'devnet',
    'ipfs/content',
    'oracle/service',
    'service',
    'sdk',
    'dapp',
  ])
})

test.each(layouts)('in $folder an import leads to the same part or to one above it', ({ folder, order }) => {
  const src = join(ROOT, folder, 'src')
  const parts = order.flat().toSorted((a, b) => b.length - a.length)
  const partOf = (file: string) => parts.find((part) => file === part || file.startsWith(`${part}/`)) ?? file
  const rank = (part: string) => order.findIndex((row) => row.includes(part))
  const files = globSync('**/*.{ts,tsx}', { cwd: src }).filter((file) => !TESTS.test(file))

  const missing = parts.filter((part) => !existsSync(join(src, part)))
  expect(missing, 'in the table and not in src').toEqual([])
  const unlisted = files.filter((file) => file.includes('/') && rank(partOf(file)) < 0)
  expect(unlisted, 'in a folder that the table does not have').toEqual([])

  const wrong = files.flatMap((file) =>
    importsOf(src, file)
      .map((target) => ({ from: partOf(file), to: partOf(target), target }))
      .filter(({ from, to }) => from !== to && !isAbove(rank(to), rank(from)))
      .map(({ target }) => `${file} imports ${target}`),
  )
  expect(wrong).toEqual([])
})

/** A file of `src` itself that is in no row, as `index.ts`, is an entry: it may import every part, and none may import it. */
const isAbove = (to: number, from: number): boolean => to >= 0 && (from < 0 || to < from)

function importsOf(src: string, file: string): string[] {
  const source = readFileSync(join(src, file), 'utf8')
  const paths = [...source.matchAll(/(?:\bfrom|\bimport\(?|\bnew URL\()\s*'(\.[^']+\.[jt]sx?)'/g)].map(
    ([, path]) => path!,
  )
  return paths.map((path) => normalize(join(dirname(file), path))).filter((path) => !path.startsWith('..'))
}

/** Rows of the table below the promise, each the names in backticks of its first cell. */
function orderIn(readme: string): string[][] | undefined {
  const lines = readme.split('\n')
  const promise = lines.findIndex((line) => PROMISE.test(line))
  if (promise < 0) return undefined
  const table = lines.slice(lines.findIndex((line, at) => at > promise && line.startsWith('|')))
  const end = table.findIndex((line) => !line.startsWith('|'))
  return table
    .slice(2, end < 0 ? undefined : end)
    .map((row) => [...row.split('|')[1]!.matchAll(/`([^`]+?)\/?`/g)].map(([, name]) => name!))
}
