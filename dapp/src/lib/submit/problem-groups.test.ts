import { precheck } from '@stellartrain/oracle-grade'
import { describe, expect, it } from 'vitest'
import { splitCsv } from '../content/preview.ts'
import { groupProblems, rowsInWords } from './problem-groups.ts'

const columns = [{ name: 'grade', type: 'label' as const, labels: ['commodity', 'specialty'] }]
const shape = { idColumn: 'id', columns, rows: 12, maxBytes: 20_000 }
const groupsOf = (text: string) => {
  const { problems } = precheck(new TextEncoder().encode(text), shape as never, { maxProblems: 1000 })
  return groupProblems(problems, splitCsv(text), columns)
}
const rows = (value: string) => Array.from({ length: 12 }, (_, at) => `${at},${value}`).join('\n')

describe('problems of a file', () => {
  it('that are equal are one line, with the count, the value and what is allowed', () => {
    const [group, ...others] = groupsOf(`id,grade\n${rows('Specialty')}\n`)
    expect(others).toEqual([])
    expect(group).toEqual({
      column: 'grade',
      sentence: 'The label is not one of the labels of this challenge. Allowed: commodity, specialty.',
      count: 12,
      rows: [2, 3, 4, 5, 6],
      values: ['Specialty'],
      hint: expect.stringContaining('other upper and lower case'),
    })
    expect(rowsInWords(group!)).toBe('rows 2, 3, 4, 5, 6 and 7 more')
  })
  it('name a column as the file does, not by its place', () => {
    const groups = groupsOf(`ID,grade\n${rows('specialty')}\n`)
    expect(groups.map((group) => group.column)).toContain('ID')
  })
  it('keep what differs apart', () => {
    const text = `id,grade\n${rows('specialty').replace('3,specialty', '3,').replace('5,specialty', '5,Gold')}\n`
    expect(groupsOf(text).map(({ rows: at, values }) => [at, values])).toEqual([
      [[5], ['']],
      [[7], ['Gold']],
    ])
  })
  it('speak of sizes as people do', () => {
    const [group] = groupsOf('x'.repeat(45_000))
    expect(group?.sentence).toContain('43.9 KiB, the limit is 19.5 KiB')
  })
})
