import { describe, expect, it } from 'vitest'
import { splitCsv } from '../content/preview.ts'
import { sampleSubmission } from './sample.ts'
import { splitLabeled } from './split.ts'
import { metricsFor, targetOf, targetWords, taskSource, whyUnfit } from './target.ts'

const rows = Array.from({ length: 40 }, (_, at) => `${at},"a ""b"", ${at % 7}",${at % 2 ? 'cat' : 'dog'}`)
const file = `n,text,kind\n${rows.join('\n')}\n`
const options = { idColumn: '', targetColumn: 'kind', testShare: 0.3, seed: 7 }

describe('splitting a labeled file', () => {
  it('gives every row to exactly one side and the target to no test row', () => {
    const split = splitLabeled(file, options)
    const [train, test, truth] = [split.train, split.test, split.truth].map((text) => splitCsv(text))
    expect([split.trainRows, split.testRows]).toEqual([28, 12])
    expect(train?.[0]).toEqual(['id', 'n', 'text', 'kind'])
    expect(test?.[0]).toEqual(['id', 'n', 'text'])
    expect(truth?.[0]).toEqual(['id', 'kind'])
    const numbers = [...train!.slice(1), ...test!.slice(1)].map((row) => Number(row[1])).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, at) => at))
    for (const [id, kind] of truth!.slice(1)) {
      const row = test!.find((one) => one[0] === id)!
      expect(kind).toBe(Number(row[1]) % 2 ? 'cat' : 'dog')
    }
  })
  it('keeps values with commas and quotes as they were', () => {
    const { train } = splitLabeled(file, options)
    for (const row of splitCsv(train).slice(1)) expect(row[2]).toMatch(/^a "b", \d$/)
  })
  it('is the same for the same seed and another for another', () => {
    expect(splitLabeled(file, options)).toEqual(splitLabeled(file, options))
    expect(splitLabeled(file, { ...options, seed: 8 }).truth).not.toBe(splitLabeled(file, options).truth)
  })
  it('says which row is wrong', () => {
    expect(() => splitLabeled(file.replace('5,"a', '5,x,"a'), options)).toThrow(/Row \d+ has 4 values/)
    expect(() => splitLabeled(file.replace(',cat', ','), options)).toThrow(/no value in kind/)
    expect(() => splitLabeled(file, { ...options, idColumn: 'text' })).toThrow(/not distinct/)
  })
})

describe('what fits the target', () => {
  const column = (value: (at: number) => string) =>
    targetOf(`id,y\n${Array.from({ length: 300 }, (_, at) => `${at},${value(at)}`).join('\n')}\n`)
  it('calls free text, a constant and a column with gaps what they are, and offers no metric for them', () => {
    const text = column((at) => `name${at}`)
    expect(whyUnfit(text)).toContain('300 different texts, such as “name0”')
    const constant = column(() => 'a')
    expect(whyUnfit(constant)).toContain('the same value in y, “a”')
    const gaps = column((at) => (at === 7 ? 'NA' : String(at / 7)))
    expect(whyUnfit(gaps)).toContain('“NA”')
    for (const target of [text, constant, gaps]) expect(metricsFor(target)).toEqual([])
    expect(whyUnfit(column((at) => String(at / 7)))).toBeNull()
    expect(targetWords(column((at) => String(at / 7)))).toBe('a number')
    expect(targetWords(column((at) => (at % 2 ? 'a' : 'b')))).toBe('2 classes: a, b')
  })
  it('offers class metrics for labels, error metrics for numbers', () => {
    expect(metricsFor(targetOf('id,y\n1,cat\n2,dog\n'))).toEqual(
      expect.arrayContaining(['f1_binary', 'roc_auc', 'accuracy']),
    )
    const numeric = targetOf(`id,y\n${Array.from({ length: 60 }, (_, at) => `${at},${at / 7}`).join('\n')}\n`)
    expect(metricsFor(numeric)).toEqual(expect.arrayContaining(['rmse', 'mae', 'r2', 'rmsle', 'mape']))
    const grades = targetOf('id,y\na,9\nb,10\nc,9\n')
    expect(metricsFor(grades)).toContain('quadratic_weighted_kappa')
    expect(taskSource(grades, 'quadratic_weighted_kappa', 1, '').metric.params).toEqual({ labels: ['9', '10'] })
  })
  it('writes a sample that has every id once and only allowed labels', () => {
    const truth = 'id,y\na,cat\nb,dog\nc,owl\n'
    const target = targetOf(truth)
    expect(splitCsv(sampleSubmission(truth, taskSource(target, 'accuracy', 1, '')))).toEqual([
      ['id', 'y'],
      ['a', 'cat'],
      ['b', 'cat'],
      ['c', 'cat'],
    ])
    expect(splitCsv(sampleSubmission(truth, taskSource(target, 'log_loss', 1, '')))[0]).toEqual([
      'id',
      'cat',
      'dog',
      'owl',
    ])
  })
})

it('takes what the engine takes, and names the row that nobody can read', () => {
  const rows = Array.from({ length: 12 }, (_, at) => `${at},x\n`).join('')
  const options = { idColumn: '', targetColumn: 'y', testShare: 0.5, seed: 1 }
  expect(splitLabeled(`a,y\n${rows}\n\n`, options).testRows).toBe(6)
  expect(() => splitLabeled(`a,y\n${rows}12,x"y\n`, options)).toThrow('Row 14 is blank or cannot be read')
  expect(() => splitLabeled(`a,y\n\n${rows}`, options)).toThrow('Row 2 is blank')
})
