/** The command on real files, from its own file as people run it, and inside the process for its options. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runGrade } from './cli.ts'

let folder: string
const files = {
  'truth.csv': 'id,label,usage\n1,yes,public\n2,no,private\n3,yes,private\n4,no,public\n',
  'labels.csv': 'id,label\n4,no\n3,no\n2,no\n1,yes\n',
  'scores.csv': 'row,score\n1,0.9\n2,0.2\n3,0.1\n4,0.05\n',
  'three.csv': 'id,label,other\n4,no,x\n3,no,x\n2,no,x\n1,yes,x\n',
  'matrix.csv': 'id,no,yes\n1,0.2,0.8\n2,0.5,0.5\n3,0.5,0.5\n4,0.9,0.1\n',
  'semicolons.csv': 'id;label\n1;yes\n',
  'broken.csv': 'id,label\n1,yes\n2,\n2,no\n',
  'weighted.csv': 'id,y,weight\n1,1,1\n2,0,9\n',
  'predicted.csv': 'id,p\n1,1\n2,5\n',
  'grouped.csv': 'id,label,group\n1,yes,a\n2,no,b\n3,yes,b\n4,no,b\n',
  'two.csv': 'id,a,b,note\n1,1,2,x\n2,3,4,y\n',
  'both.csv': 'id,b,a\n2,4,3\n1,3,1\n',
  'one.csv': 'id,b\n1,3\n2,4\n',
  'times.csv': 'id,event,time\n1,1,3\n2,1,5\n3,0,9\n',
  'grades.csv': 'id,grade\n1,9\n2,10\n3,8\n4,10\n',
  'decimals.csv': 'id,grade\n1,9.0\n2,10.0\n3,8.0\n4,9.0\n',
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grade-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
})
afterAll(() => rmSync(folder, { recursive: true }))

function run(submission: string, ...more: string[]) {
  let stdout = ''
  let stderr = ''
  const io = {
    stdout: (text: string) => {
      stdout += text
    },
    stderr: (text: string) => {
      stderr += text
    },
    readFile: (path: string) => readFileSync(path),
  }
  const truth = join(folder, 'truth.csv')
  const code = runGrade(['--truth', truth, '--submission', join(folder, submission), '--json', ...more], io)
  return { code, stderr, out: stdout === '' ? undefined : JSON.parse(stdout) }
}

describe('grade', () => {
  test('takes the first column as id and the second as value', () => {
    const { code, out } = run('labels.csv', '--metric', 'accuracy')
    expect(code).toBe(0)
    expect(out).toMatchObject({ metric: 'accuracy', score: 0.75, scoreUnits: '7500000', rows: 4 })
    expect(out.contentHash).toMatch(/^[0-9a-f]{64}$/)
    expect(run('scores.csv', '--metric', 'roc_auc').out).toMatchObject({ score: 0.75 })
  })

  test('takes parameters, parts, several columns, salt and labeler', () => {
    expect(run('labels.csv', '--metric', 'f1_binary', '--params', '{"posLabel":"yes"}').out).toMatchObject({
      score: 2 / 3,
    })
    expect(run('labels.csv', '--metric', 'accuracy', '--usage', 'usage', '--part', 'private').out).toMatchObject({
      score: 0.5,
    })
    const loss = -(Math.log(0.8) + 2 * Math.log(0.5) + Math.log(0.9)) / 4
    expect(run('matrix.csv', '--metric', 'log_loss').out.score).toBeCloseTo(loss, 12)
    const hashes = [[], ['--salt', 'ab'.repeat(32)], ['--labeler', 'G1']].map(
      (more) => run('labels.csv', '--metric', 'accuracy', ...more).out.contentHash,
    )
    expect(new Set(hashes).size).toBe(3)
  })

  const runOn = (truth: string, submission: string, ...more: string[]) =>
    run(submission, '--truth', join(folder, truth), ...more)

  test('counts weights and groups of the truth as an oracle does, unless a value column is named', () => {
    expect(runOn('weighted.csv', 'predicted.csv', '--metric', 'mae').out.score).toBe((0 * 1 + 5 * 9) / 10)
    expect(
      runOn('weighted.csv', 'predicted.csv', '--metric', 'mae', '--value', 'y', '--prediction', 'p').out.score,
    ).toBe(2.5)
    expect(runOn('weighted.csv', 'predicted.csv', '--metric', 'max_error').out.error.message).toContain('weight')
    const groups = (average: string) =>
      runOn('grouped.csv', 'labels.csv', '--metric', 'accuracy', '--params', `{"group_average":"${average}"}`).out.score
    expect([groups('worst'), groups('macro')]).toEqual([2 / 3, (1 + 2 / 3) / 2])
    expect(runOn('grouped.csv', 'labels.csv', '--metric', 'accuracy').out.error.message).toContain('group_average')
  })

  test('reads several values by their names', () => {
    expect(runOn('two.csv', 'both.csv', '--metric', 'mae').out.score).toBe((0 + 1 / 2) / 2)
    expect(runOn('two.csv', 'one.csv', '--metric', 'mae').out.score).toBe(1 / 2)
    expect(runOn('times.csv', 'predicted.csv', '--metric', 'concordance_index').out).toMatchObject({
      rejected: { reason: 'missing_id' },
    })
    expect(runOn('weighted.csv', 'predicted.csv', '--metric', 'concordance_index').out.error.message).toBe(
      'A truth file for concordance_index has an id column and the columns time, event.',
    )
  })

  test('reads the formats that an oracle reads, by the names of the truth', () => {
    const lines =
      '{"id":"4","label":"no"}\n{"id":"3","label":"no"}\n{"id":"2","label":"no"}\n{"id":"1","label":"yes"}\n'
    const written = {
      'labels.jsonl': lines,
      'labels.csv.gz': gzipSync(files['labels.csv']),
      'labels.jsonl.zst': zstdCompressSync(lines),
      'both.jsonl': '{"id":"2","b":4,"a":3}\n{"id":"1","b":3,"a":1}\n',
    }
    for (const [name, content] of Object.entries(written)) writeFileSync(join(folder, name), content)
    const { contentHash } = run('labels.csv', '--metric', 'accuracy').out
    for (const name of ['labels.jsonl', 'labels.csv.gz', 'labels.jsonl.zst'])
      expect(run(name, '--metric', 'accuracy').out).toMatchObject({ score: 0.75, contentHash })
    expect(runOn('two.csv', 'both.jsonl', '--metric', 'mae', '--value', 'b').out.score).toBe(1 / 2)
  })

  test('writes units that a JSON number could not hold', () => {
    const out = (far: string) => {
      writeFileSync(join(folder, 'far.csv'), `id,p\n1,${far}\n2,0\n`)
      return runOn('weighted.csv', 'far.csv', '--metric', 'max_error', '--value', 'y', '--prediction', 'p').out
    }
    expect(out('900719925475.5')).toMatchObject({ scoreUnits: '9007199254745000000' })
  })

  test('takes the type of the predictions', () => {
    const grades = (...more: string[]) =>
      runOn('grades.csv', 'decimals.csv', '--metric', 'quadratic_weighted_kappa', ...more).out
    expect(grades('--type', 'integer').score).toBeCloseTo(1 - 1 / 5, 12)
    expect(grades().score).not.toBe(grades('--type', 'integer').score)
    expect(grades('--type', 'int').error).toMatchObject({ code: 'usage' })
    expect(grades('--type', 'text').error).toMatchObject({ code: 'shape_invalid' })
  })

  test('refuses what the oracle would refuse, unless a column is named', () => {
    expect(run('three.csv', '--metric', 'accuracy').out.rejected).toMatchObject({ reason: 'unexpected_column' })
    expect(run('three.csv', '--metric', 'accuracy', '--id', 'id', '--value', 'label').out).toMatchObject({
      score: 0.75,
    })
  })

  test('tells a rejection with exit code 1', () => {
    const { code, out } = run('broken.csv', '--metric', 'accuracy')
    expect(code).toBe(1)
    expect(out.rejected).toMatchObject({ code: 50, reason: 'empty_value', problemCount: 3 })
  })

  test('shows what was found and expected, and a hint once', () => {
    const { out } = run('semicolons.csv', '--metric', 'accuracy', '--id', 'id', '--value', 'label')
    expect(out.rejected.problems[0].hint).toContain('semicolons')
    let stdout = ''
    const io = {
      stdout: (text: string) => {
        stdout += text
      },
      stderr: () => {},
      readFile: (path: string) => readFileSync(path),
    }
    const at = (name: string) => join(folder, name)
    const args = ['--metric', 'accuracy', '--id', 'id', '--value', 'label', '--truth', at('truth.csv'), '--submission']
    expect(runGrade([...args, at('semicolons.csv')], io)).toBe(1)
    expect(stdout.match(/Hint: /g)).toHaveLength(1)
    expect(stdout).toContain('Hint: The values are separated by semicolons.')
    stdout = ''
    runGrade([...args, at('broken.csv')], io)
    expect(stdout).toContain(
      'Row 3, column label: The value is empty. Found: nothing. Expected: a label. (empty_value)',
    )
  })

  test('tells wrong use and a wrong truth with exit code 2, as the one object on stdout', () => {
    const wrong = (...args: [string, ...string[]]) => {
      const { code, stderr, out } = run(...args)
      expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
      return out.error
    }
    expect(wrong('labels.csv')).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('--metric is missing'),
      retryable: false,
    })
    expect(wrong('none.csv', '--metric', 'accuracy').message).toContain('none.csv')
    expect(wrong('labels.csv', '--nonsense').message).toBe('There is no option --nonsense.')
    expect(wrong('labels.csv', '--metirc', 'accuracy').message).toBe(
      'There is no option --metirc. Did you mean --metric?',
    )
    expect(wrong('labels.csv', '--metric', 'accuracy', '--params', '{').code).toBe('usage')
    expect(wrong('labels.csv', '--metric', 'accuracy', '--salt', 'abc').code).toBe('salt_invalid')
    expect(wrong('labels.csv', '--metric', 'rmse')).toMatchObject({
      code: 'truth_invalid',
      problems: [{}, {}, {}, {}],
    })
  })

  test('tells people what is wrong in two lines, not with all that it can do', () => {
    const said: string[] = []
    const io = {
      stdout: (text: string) => said.push(text),
      stderr: (text: string) => said.push(text),
      readFile: (path: string) => readFileSync(path),
    }
    expect(runGrade(['--metric', 'accuracy'], io, 'stellartrain grade')).toBe(2)
    expect(said).toEqual(['--truth is missing.\nSee stellartrain grade --help.\n'])
  })

  test.each([
    ['accurracy', 'accuracy'],
    ['LogLoss', 'log_loss or mean_columnwise_log_loss'],
    ['f1', 'f1_macro, f1_micro or f1_binary'],
    ['auc', 'roc_auc, bias_auc or roc_auc_ovr'],
  ])('asks whether the metric %s is %s', (word, meant) => {
    const { message } = run('labels.csv', '--metric', word).out.error
    expect(message).toContain(`There is no metric ${word}. Did you mean `)
    for (const one of meant.split(/, | or /)) expect(message).toContain(one)
  })

  test('says where the metrics are listed', () => {
    expect(run('labels.csv', '--metric', 'xyzzyxyzzy').out.error.message).toBe(
      'There is no metric xyzzyxyzzy. `stellartrain grade --metrics` lists all.',
    )
  })

  test('runs from its own file', () => {
    const main = fileURLToPath(new URL('../bin/grade.js', import.meta.url))
    const at = (name: string) => join(folder, name)
    const args = ['--metric', 'accuracy', '--truth', at('truth.csv'), '--submission', at('labels.csv')]
    const text = execFileSync(process.execPath, [main, ...args], { encoding: 'utf8' })
    expect(text).toContain('score        0.75\n')
  })

  test('keeps a truth whose columns of values the submission names', () => {
    const main = fileURLToPath(new URL('../bin/grade.js', import.meta.url))
    const at = (name: string) => join(folder, name)
    const args = ['--metric', 'mae', '--truth', at('two.csv'), '--submission', at('both.csv')]
    expect(execFileSync(process.execPath, [main, ...args], { encoding: 'utf8' })).toContain('score        0.25\n')
  })
})

test('the engine needs no Node, and of packages only the one that hashes', () => {
  // The command and what it keeps on disk are not the engine.
  const src = fileURLToPath(new URL('.', import.meta.url))
  const engine = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name) && name !== 'cli.ts' && !/^spill\b/.test(name),
  )
  expect(engine.length).toBeGreaterThan(20)
  for (const name of engine) {
    const imports = readFileSync(join(src, name), 'utf8').match(/from '[^']+'/g) ?? []
    for (const from of imports) expect(from, name).toMatch(/^from '(\.\.?\/|@noble\/hashes\/)/)
  }
})
