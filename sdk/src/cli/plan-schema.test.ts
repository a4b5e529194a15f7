/** The plan's schema: what is published is what the command checks, every printed or documented plan keeps to it, and a bad one is told where. */
import { readdirSync, readFileSync } from 'node:fs'
import { Keypair } from '@stellar/stellar-sdk/base'
import { expect, test } from 'vitest'
import { checkLabels, labelsJsonSchema } from './labels-schema.ts'
import { EXAMPLES } from './plan-examples.ts'
import { checkPlan, planJsonSchema } from './plan-schema.ts'

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const ORACLE = Keypair.random().publicKey()
const bounty = { ...EXAMPLES.bounty, oracles: [ORACLE] }

test('the published schema is what the command checks by (npm run schema -w @stellartrain/sdk)', () => {
  expect(read('../../schema/plan.schema.json')).toEqual(JSON.parse(JSON.stringify(planJsonSchema())))
})

test('what is described in one schema is described there alone', () => {
  const told = (value: unknown): string[] =>
    value === null || typeof value !== 'object'
      ? []
      : Object.entries(value).flatMap(([key, one]) =>
          key === 'description' && typeof one === 'string' ? [one] : told(one),
        )
  const [plan, labels] = [told(planJsonSchema()), told(labelsJsonSchema())]
  expect(labels).toContain('Beside labelStudio, which has none.')
  expect(labels).toContain('Paid for each accepted answer.')
  for (const sentence of ['Beside labelStudio, which has none.', 'Paid for each accepted answer.'])
    expect(plan).not.toContain(sentence)
})

test('so is that of a labels file, and the examples keep to it', () => {
  expect(read('../../schema/labels.schema.json')).toEqual(JSON.parse(JSON.stringify(labelsJsonSchema())))
  const folder = '../../../examples/labels/'
  for (const name of ['digits', 'sentences'])
    expect(() => checkLabels(read(`${folder}${name}/labels.json`), { oracle: [ORACLE] })).not.toThrow()
})

test('whatever a labels file lacks is told at once, in the words of its fields', () => {
  const told = (value: object, options?: object) => {
    try {
      checkLabels(value, options)
    } catch (error) {
      return [...String(error).matchAll(/"(\w+)" of the labels file is missing/g)].map(([, field]) => field)
    }
    return []
  }
  const all = ['summary', 'license', 'items', 'perItem', 'task', 'known', 'description', 'deadline', 'oracles']
  expect(told({ title: 'T' })).toEqual(all)
  const rest = { summary: 'S', license: 'CC0-1.0', items: 'items.csv', perItem: '1', descriptionFile: 'README.md' }
  expect(told({ title: 'T', ...rest }, { oracle: [ORACLE] })).toEqual(['task', 'known', 'deadline'])
  // Label Studio's files have task and known items.
  expect(told({ title: 'T', ...rest, labelStudio: 'config.xml' }, { oracle: [ORACLE], deadline: '+3d' })).toEqual([])
})

test('the plans of examples and of --example keep to it', () => {
  const folder = '../../../examples/plans/'
  const files = readdirSync(new URL(folder, import.meta.url)).filter((file) => file.endsWith('.json'))
  expect(files.length).toBeGreaterThan(2)
  for (const file of files) expect(() => checkPlan(read(folder + file)), file).not.toThrow()
  for (const [name, plan] of Object.entries(EXAMPLES))
    expect(() => checkPlan({ ...plan, oracles: [ORACLE] }), name).not.toThrow()
})

test.each([
  [{ winners: 'three' }, '"winners" of the plan is "three": expected a whole number from 1.'],
  [{ winners: 0 }, '"winners" of the plan is 0: '],
  [{ uniqueContent: 'yes' }, '"uniqueContent" of the plan is "yes": expected true or false.'],
  [
    { oracles: 'GABC' },
    '"oracles" of the plan is "GABC": expected a list of one, three or five addresses.\nThe page Oracles and the API (/v1/oracles) list the addresses of oracles.',
  ],
  [{ threshold: 'high' }, '"threshold" of the plan is "high": expected a score such as "0.85".'],
  [{ oracles: ['GABC'] }, '"oracles.0" of the plan is "GABC": expected an address, G… or C… with 56 characters'],
  [{ deposit: '1,5' }, '"deposit" of the plan is "1,5": expected a decimal amount such as "1.5".'],
  [{ deadline: 'tomorrow' }, '"deadline" of the plan is "tomorrow": expected a time such as'],
  [{ datasets: [{ role: 'train' }] }, '"datasets.0.file" of the plan is missing: expected the path of a file.'],
  [{ datasets: [{ role: 'private', file: 'a.csv' }] }, '"datasets.0.role" of the plan is "private": '],
  [{ payout: { rule: 'lottery' } }, '"payout.rule" of the plan is "lottery": expected an object whose "rule" is'],
  [{ payout: { rule: 'ranked', prizes: '60' } }, '"payout.prizes" of the plan is "60": expected a list of amounts'],
  [{ payout: { rule: 'per_unit', rate: '1', prize: '9', maxUnits: 1.5 } }, '"payout.maxUnits" of the plan is 1.5: '],
  [{ judge: { address: ORACLE, judgeBy: 5 } }, '"judge" of the plan is {"address":'],
  [{ gate: ORACLE }, `"gate" of the plan is "${ORACLE}": expected a contract, C…`],
  [{ winner: 3 }, 'The plan has "winner", which no plan has.'],
  [{ submission: { ...bounty.submission, rows: -1 } }, '"submission.rows" of the plan is -1: '],
])('%o is refused by its name and what it holds', (change, message) => {
  expect(() => checkPlan({ ...bounty, ...change })).toThrow(message)
})
