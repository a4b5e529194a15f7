/** Evaluators in Python: what they get, what they may return, and what a solver reads where there is no score. */

import { describe, expect, test } from 'vitest'
import { grade } from '../grade.ts'
import { gradeTask } from '../gradetask.ts'
import { taskOf } from '../manifesttask.ts'
import { tableOf } from '../program/table.ts'
import { trial } from '../trial.ts'
import { prepareTruth } from '../truth.ts'
import { evaluatorOf, run, scoreOf } from './python.fixture.ts'
import { evaluatorFile } from './supply.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const SALT = new Uint8Array(32)
const TRUTH = 'id,y,when,name,usage\n10,1.5,3,"a, b",public\n9,2,4,é,private\nx,0,5,,public\n'.replace(',,', ',none,')
const FILE = 'id,y,when\nx,0,5\n9,3,4\n10,1.5,7\n'
const submission = {
  idColumn: 'id',
  columns: [
    { name: 'y', type: 'number' as const },
    { name: 'when', type: 'integer' as const },
  ],
  rows: 3,
  maxBytes: 1000,
}

async function taskWith(source: string, more: object = {}) {
  const params = {
    module: 'evaluator.py',
    language: 'python',
    direction: 'minimize',
    truth_columns: ['name:text'],
    ...more,
  }
  const metric = { id: 'evaluator', version: 1, params }
  const task = taskOf({ submission, metric }, await evaluatorFile(metric, bytes(source)))
  return { task, truth: prepareTruth(bytes(TRUTH), task.truthShape(bytes(TRUTH))) }
}

/** How it scores the file, on these rows. */
async function graded(source: string, part: 'all' | 'public' | 'private' = 'all') {
  const { task, truth } = await taskWith(source)
  const { metric, evaluator, params, shape } = task
  return grade({ metric, evaluator, params, shape, truth, submission: bytes(FILE), salt: SALT, part })
}

/** A score that is 1 where these are equal. */
const same = (left: string, right: string): string => scoreOf(`return ${left} == ${right}`)

describe('an evaluator gets', () => {
  test.each([
    ['the columns of both tables, ids first', 'solution.columns', "['id', 'y', 'when', 'name']"],
    ['those of a submission', 'submission.columns', "['id', 'y', 'when']"],
    ['the name of the id column', 'row_id_column_name', "'id'"],
    ['ids as texts, in the order of their bytes', "solution['id']", "['10', '9', 'x']"],
    ['the same ids in both', "submission['id']", "solution['id']"],
    ['numbers', "solution['y']", '[1.5, 2.0, 0.0]'],
    ['rows of a submission beside those of the truth', "submission['y']", '[1.5, 3.0, 0.0]'],
    ['whole numbers as such', "[*map(repr, submission['when'])]", "['7', '4', '5']"],
    ['texts', "solution['name']", "['a, b', 'é', 'none']"],
    ['rows, where it prefers them', 'submission.rows()[1]', "{'id': '9', 'y': 3.0, 'when': 4}"],
    ['how many rows', '(len(solution), len(submission))', '(3, 3)'],
    ['which columns', "('y' in solution, 'z' in solution, list(submission))", "(True, False, ['id', 'y', 'when'])"],
  ])('%s', async (_, left, right) => {
    expect(await graded(same(left, right))).toMatchObject({ status: 'graded', score: 1 })
  })

  test('tables that it may change, as metrics of Kaggle do', async () => {
    const source = scoreOf(
      "del solution[row_id_column_name]\nsolution['y'] = [y * 2 for y in solution['y']]\nreturn sum(solution['y']) + len(solution.columns)",
    )
    expect(await graded(source)).toMatchObject({ score: 10 })
  })

  test('the rows of a part, with their ids', async () => {
    const source = scoreOf("return float(''.join(solution['id']).replace('x', '.'))")
    expect(await graded(source, 'public')).toMatchObject({ score: 10 })
    expect(await graded(source, 'private')).toMatchObject({ score: 9 })
  })

  test('two arguments where it takes no third, and no more than it asks for', async () => {
    expect(await graded('def score(solution, submission):\n    return len(solution)')).toMatchObject({ score: 3 })
    expect(await graded('score = lambda solution, submission, name, power=2: len(name) ** power')).toMatchObject({
      score: 4,
    })
  })
})

test('the truth itself is the best submission, and one that knows nothing is worse', async () => {
  const source = scoreOf("return sum(abs(a - b) for a, b in zip(solution['y'], submission['y'])) / len(solution)")
  const { task, truth } = await taskWith(source)
  const { perfect, constant } = trial(task, truth, SALT)
  expect(perfect).toMatchObject({ score: 0 })
  expect((constant as { score: number }).score).toBeGreaterThan(0.5)
  const ranked = gradeTask({ task, truth, salt: SALT, ranked: true, submission: bytes(FILE) })
  expect(ranked).toMatchObject({ score: 0, privateScore: 10_000_000n })
})

describe('what a solver reads', () => {
  const visible = (argument: string) =>
    run(`class ParticipantVisibleError(Exception): pass\n${scoreOf(`raise ParticipantVisibleError(${argument})`)}`)

  test.each([
    ['a text of the source', "'Dates are days of 2026.'", 'Dates are days of 2026.'],
    ['a text over several lines', "'Dates are'\n  ' days.'", 'Dates are days.'],
    ['a text without its values', "f'Row {solution['y'][0]} is {1}!'", 'Row … is …!'],
    ['texts that are put together', "'Row ' + str(solution['y']) + ' is wrong'", 'Row … is wrong'],
    ['nothing that is computed', "str(solution['y'])", '…'],
    ['nothing where nothing is said', '', ''],
    ['no more than 300 characters', `'${'long '.repeat(200)}'`, `${'long '.repeat(60)}`],
  ])('%s', async (_, argument, detail) => {
    expect(await visible(argument)).toMatchObject({ fault: 'evaluator_refused', detail })
  })

  test('the error needs no definition, and may be a subclass', async () => {
    expect(await run(scoreOf("raise ParticipantVisibleError('No.')"))).toMatchObject({ detail: 'No.' })
    const source = `class Bad(ParticipantVisibleError): pass\n${scoreOf("raise Bad('Computed elsewhere')")}`
    expect(await run(source)).toMatchObject({ fault: 'evaluator_refused', detail: '' })
  })

  test('an error of the evaluator’s own: its kind and its line, not its words', async () => {
    expect(await run(scoreOf("x = 1\nraise KeyError(str(solution['y']))"))).toMatchObject({
      fault: 'evaluator_trapped',
      detail: 'KeyError at line 3 of evaluator.py',
    })
    expect(await run(`class Odd(ValueError): pass\n${scoreOf('raise Odd(1)')}`)).toMatchObject({
      detail: 'ValueError at line 3 of evaluator.py',
    })
  })

  test('the reason and its number', async () => {
    expect(await graded(scoreOf("raise ParticipantVisibleError('No.')"))).toMatchObject({
      status: 'rejected',
      code: 204,
      reason: 'evaluator_refused',
      message: 'The evaluator of this challenge refuses this submission. No.',
    })
    expect(await graded(scoreOf("return float('nan')"))).toMatchObject({ code: 80 })
  })

  test.each([
    ["'7'", 'It has no function score that returns a number'],
    ['None', 'It has no function score that returns a number'],
  ])('%s is no score', async (value, detail) => {
    expect(await run(scoreOf(`return ${value}`))).toMatchObject({ fault: 'evaluator_trapped', detail })
  })

  test('whole numbers and truths are scores', async () => {
    expect(await run(scoreOf('return 7'))).toMatchObject({ score: 7 })
    expect(await run(scoreOf('return True'))).toMatchObject({ score: 1 })
  })
})

test('it takes what docs/evaluators.md says: 70,000,000 steps for the mean absolute error of 10,000 rows, 40,000,000 of them for the tables', async () => {
  const rows = 10_000
  const numbers = (step: number) => Float64Array.from({ length: rows }, (_, i) => i / 3 + (i % step))
  const table = (step: number) => tableOf([{ kind: 'number', values: numbers(step) }], rows, 2 ** 20)!
  const ids = bytes(JSON.stringify(Array.from({ length: rows }, (_, i) => `row${i}`)))
  const taken = async (body: string) => {
    const ran = (await evaluatorOf(scoreOf(body))).run(table(1), table(7), ids)
    expect(ran).toHaveProperty('score')
    return Number(ran.fuel) / 1e6
  }
  const scored = "return sum(abs(a - b) for a, b in zip(solution['y'], submission['y'])) / len(solution)"
  expect(Math.abs((await taken(scored)) - 70)).toBeLessThan(4)
  expect(Math.abs((await taken('return 1')) - 40)).toBeLessThan(4)
})

test('a hundred calls through C are within its stack', async () => {
  const body = 'def f(n): return n if n > 100 else max([n], key=lambda _: f(n + 1)) and n\nreturn f(0)'
  expect(await run(scoreOf(body))).toMatchObject({ score: 0 })
})

describe('refused before anyone competes', () => {
  test.each([
    ['no Python', 'def score(:\n', 'SyntaxError at line 1 of evaluator.py'],
    ['no text', 'x = "\0"', 'SyntaxError'],
    ['no score', 'def scores(a, b): return 1', 'It has no function score'],
    ['a score that cannot be called', 'score = 1', 'It has no function score'],
    ['an error at the start', 'import math\nx = 1 / 0', 'ZeroDivisionError at line 2 of evaluator.py'],
    ['a library that is not there', 'import pandas as pd', 'ModuleNotFoundError at line 1 of evaluator.py'],
    ['no end at the start', 'while True: pass', 'more steps to begin'],
    ['too much to begin with', 'x = bytearray(10 ** 9)', 'no room'],
    ['too large a file', `#${'x'.repeat(2 ** 21)}`, 'at most 2097152 are taken'],
  ])('%s', async (_, source, words) => {
    await expect(evaluatorOf(source)).rejects.toMatchObject({
      code: 'evaluator_invalid',
      message: expect.stringContaining(words),
    })
  })

  test('what its parameters say', async () => {
    await expect(taskWith(scoreOf('return 1'), { language: 'perl' })).rejects.toMatchObject({ code: 'params_invalid' })
    await expect(taskWith(scoreOf('return 1'), { memory_mib: 30 })).rejects.toMatchObject({ code: 'params_invalid' })
    const metric = { id: 'evaluator', version: 1, params: { module: 'm', language: 'python', direction: 'maximize' } }
    expect(() => taskOf({ submission, metric }, bytes('x'))).toThrow(
      expect.objectContaining({ code: 'evaluator_invalid' }),
    )
    expect(await evaluatorFile({ id: 'mae', params: {} }, bytes('x'))).toBeUndefined()
  })
})
