/** Local files graded by the plan of a challenge or by a manifest: what an oracle would post, without a network. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from './main.ts'

let folder: string
const rows = Array.from({ length: 7 }, (_, i) => i)
const plan = {
  ...{ title: 'Sevenths', summary: 'Cats and dogs.', description: 'Which is which?', license: 'CC0-1.0' },
  datasets: [],
  truth: 'truth.csv',
  submission: {
    ...{ format: 'csv', idColumn: 'id', rows: 7, maxBytes: 10_000 },
    columns: [{ name: 'label', type: 'string', labels: ['cat', 'dog'] }],
  },
  metric: { id: 'accuracy' },
  baseline: { description: 'always cat', score: 0.5 },
  ...{ asset: 'XLM', threshold: '0.8', reward: '10', oracles: [Keypair.random().publicKey()], deadline: '+3d' },
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'grade-plan-'))
  const csv = (label: (i: number) => string, more = '') =>
    `id,label${more && ',usage'}\n${rows.map((i) => `r${i},${label(i)}${more && `,${i < 3 ? 'public' : 'private'}`}`).join('\n')}\n`
  const write = (name: string, content: string | object) =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  write(
    'truth.csv',
    csv(() => 'cat'),
  )
  write(
    'parts.csv',
    csv(() => 'cat', 'usage'),
  )
  write(
    'guess.csv',
    csv((i) => (i < 2 ? 'dog' : 'cat')),
  )
  write('plan.json', plan)
  write('unjudged.json', { ...plan, oracles: undefined })
  write('coarse.json', { ...plan, step: '0.01' })
  write('ranked.json', { ...plan, reward: undefined, truth: 'parts.csv', payout: { rule: 'ranked', prizes: ['10'] } })
  const { baseline, metric, submission, title, summary, description, license } = plan
  const key = 'age17g9lgft67mn96h95czyx9tkakkjp3ep3cc9gumsvk35g5evgt93qctuzng'
  const sealed = {
    cid: `bafkrei${'a'.repeat(52)}`,
    commitment: '0'.repeat(64),
    bytes: 500,
    recipients: [{ oracle: plan.oracles[0], key }],
  }
  write('manifest.json', {
    ...{ format: 'stellartrain/manifest', version: 1, kind: 'competition', title, summary, description, license },
    ...{ tags: [], datasets: [], submission, metric: { ...metric, params: {}, version: 1 }, baseline },
    ...{ truth: sealed, opens: { truth: true, submissions: 'winning' } },
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const io = {
    ...{ stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text) },
    ...{ env: {}, cwd: folder, signal: new AbortController().signal },
  }
  const code = await main(['grade', ...args, '--submission', 'guess.csv'], io)
  return { code, out: out.join(''), err: err.join('') }
}

test('a plan has the truth, the metric and the step of its challenge', async () => {
  const { code, out, err } = await run('--plan', 'plan.json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  // 5 ÷ 7 is rounded against the solver.
  expect(out).toContain('score        0.7142 (0.7142857 before it is rounded to the step)\n')
  expect(out).toContain('contentHash  needs the salt\n')
  const coarse = await run('--plan', 'coarse.json', '--json')
  expect(JSON.parse(coarse.out)).toMatchObject({ score: '7100000', exactScore: '7142857', contentHash: null, rows: 7 })
})

test('a plan whose oracles are named by flags of create is graded, too', async () => {
  const { code, out, err } = await run('--plan', 'unjudged.json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('score        0.7142 ')
})

test('a plan of a ranking is scored on the public rows, and the private ones beside', async () => {
  const { out } = await run('--plan', 'ranked.json', '--json')
  expect(JSON.parse(out)).toMatchObject({ score: '3333000', privateScore: '10000000' })
})

test('a manifest has no step: it is said, or given', async () => {
  const bare = await run('--manifest', 'manifest.json', '--truth', 'truth.csv')
  expect(bare).toMatchObject({ code: 0, out: expect.stringContaining('score        0.7142857\n') })
  expect(bare.err).toContain('give --step')
  const given = await run('--manifest', 'manifest.json', '--truth', 'truth.csv', '--step', '0.01')
  expect(given).toMatchObject({ code: 0, err: '', out: expect.stringContaining('score        0.71 (') })
})

test.each([
  [['--plan', 'plan.json', '--challenge', '1'], 'Give --challenge or --plan, not both.'],
  [['--plan', 'plan.json', '--step', '0.1'], '--step is for --manifest'],
  [['--manifest', 'manifest.json', '--truth', 'truth.csv', '--step', 'x'], 'not "x"'],
  [['--metric', 'acuracy', '--truth', 'truth.csv'], 'There is no metric acuracy. Did you mean accuracy?'],
])('grade %j: %s', async (args, sentence) => {
  const { code, out, err } = await run(...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(sentence)
  expect(err.split('\n').length).toBeLessThan(4)
})
