/** Hostile files of every format: each is refused with its own reason, at its row and column, at a bounded cost. */

import { expect, test } from 'vitest'
import { precheck } from '../precheck.ts'
import { leastCpuSeconds } from '../testing/cpu-time.ts'
import { type Case, shape, utf8 } from './hostile/common.fixture.ts'
import { jsonLines } from './hostile/jsonl.fixture.ts'
import { packed } from './hostile/packed.fixture.ts'
import { parquet } from './hostile/parquet.fixture.ts'
import { runs, unicode } from './hostile/texts.fixture.ts'

/** CPU seconds that a file may take here; an honest one of this size takes hundredths. */
const MOST_SECONDS = 4

function check([, file, expected, of = shape]: Case): void {
  const bytes = typeof file === 'string' ? utf8(file) : file
  let checked: ReturnType<typeof precheck>
  const read = () => (checked = precheck(bytes, { ...of, rows: of.rows! }))
  expect(leastCpuSeconds(MOST_SECONDS, read)).toBeLessThan(MOST_SECONDS)
  const { ok, problems } = checked!
  const [problem] = problems
  expect(problem ? [problem.reason, problem.row, problem.column] : 'fine').toEqual(expected)
  expect(ok).toBe(expected === 'fine')
}

const tables = { 'JSON Lines': jsonLines, 'packed files': packed, Parquet: parquet, Unicode: unicode, masks: runs }
for (const [name, cases] of Object.entries(tables))
  test.each(cases)(`${name}: %s`, (...one) => check(one as unknown as Case))

test('the corpus has no case twice', () => {
  const names = Object.entries(tables).flatMap(([name, cases]) => cases.map(([what]) => `${name}: ${what}`))
  expect(names.length).toBeGreaterThan(230)
  expect(new Set(names).size).toBe(names.length)
})
