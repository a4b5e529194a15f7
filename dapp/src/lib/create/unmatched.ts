/** Whether a test file and a truth belong together: the same ids, each once. */

import { splitCsv } from '../content/preview.ts'
import { formatCount } from '../words/format.ts'

/** Why they do not; null where they do. */
export function unmatchedIds(test: string, truth: string): string | null {
  const [truthHeader = [], ...truthRows] = splitCsv(truth)
  const [testHeader = [], ...testRows] = splitCsv(test)
  const [name = ''] = truthHeader
  if (truthHeader.length < 2)
    return `The truth needs an id and the true value in each row; this file has ${formatCount(truthHeader.length, 'column')}.`
  const at = testHeader.indexOf(name)
  if (at < 0) return `The truth names its rows by ${name}, and the test file has no column of that name.`
  const known = new Set(truthRows.map((row) => row[0] ?? ''))
  if (known.size < truthRows.length) return `Some values of ${name} are in the truth more than once.`
  const asked = testRows.map((row) => row[at] ?? '')
  const stray = asked.find((id) => !known.has(id))
  if (stray !== undefined) return `The test file asks for “${stray}”, which the truth does not have.`
  return new Set(asked).size === known.size && asked.length === known.size
    ? null
    : `The truth has ${formatCount(known.size, 'row')}, the test file ${asked.length}; both need the same ids, each once.`
}
