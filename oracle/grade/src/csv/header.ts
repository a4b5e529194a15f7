/** Finds the wanted columns in the first row. */

import { headerHint } from '../hints/files.ts'
import { addProblem, createProblems } from '../problems.ts'
import { LIMITS } from '../shape.ts'
import { binaryKind } from './magic.ts'
import { BROKEN_ROW, nextRow, openScan, type Scan } from './scan.ts'
import { utf8Text } from './utf8.ts'

/** Names in the header row, or undefined if it cannot be used; the reason is then in the problems. */
export function readHeader(scan: Scan): string[] | undefined {
  const width = nextRow(scan)
  if (width === BROKEN_ROW) return undefined
  if (width === 0) {
    addProblem(scan.problems, 'empty_file', null, null)
    return undefined
  }
  if (width > LIMITS.maxColumns) {
    addProblem(scan.problems, 'too_many_columns', 1, null, `At most ${LIMITS.maxColumns} are read.`)
    return undefined
  }
  return Array.from({ length: width }, (_, i) => utf8Text(scan.source.subarray(scan.starts[i], scan.ends[i])))
}

/** The names in a file's first row; empty if the file has no readable header, which grading then reports. */
export function headerNames(bytes: Uint8Array): string[] {
  if (binaryKind(bytes)) return []
  return readHeader(openScan(bytes, createProblems(), LIMITS.maxColumns)) ?? []
}

/** Position of each wanted column, or undefined if the header does not fit. */
export function matchHeader(
  scan: Scan,
  header: readonly string[],
  wanted: readonly string[],
  extra: 'refuse' | 'ignore',
): number[] | undefined {
  const { problems } = scan
  const before = problems.total
  scan.names = header.map((name) => (wanted.includes(name) ? name : undefined))
  const why = (at: number | string) => () => ({ hint: headerHint(header, wanted, at) })
  header.forEach((name, i) => {
    const known = wanted.includes(name)
    if (header.indexOf(name) < i && (known || extra === 'refuse')) {
      addProblem(problems, 'duplicate_column', 1, known ? name : `#${i + 1}`)
    } else if (!known && extra === 'refuse') {
      addProblem(problems, 'unexpected_column', 1, `#${i + 1}`, '', why(i))
    }
  })
  for (const name of wanted) {
    if (!header.includes(name))
      addProblem(problems, 'missing_column', 1, name, 'The first line must hold the names of the columns.', why(name))
  }
  return problems.total > before ? undefined : wanted.map((name) => header.indexOf(name))
}
