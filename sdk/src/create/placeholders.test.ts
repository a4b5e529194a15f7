/** What is left of a template is refused by the name of its field; what may be meant is a warning. */
import { expect, test } from 'vitest'
import { placeholderWarnings, refusePlaceholders } from './placeholders.ts'

const plan = {
  title: 'Penguins: male or female?',
  summary: 'Predict the sex of 101 penguins.',
  description: '# Penguins\n\ntrain.csv has id, …, sex. Labels are [male, female] … and nothing else.',
  license: 'CC-BY-4.0',
  tags: ['example'],
  truth: new Uint8Array(3),
  deadline: new Date(0),
  baseline: { description: 'Male when heavier than the median.' },
  metric: { id: 'evaluator', params: { module: 'evaluator.py' } },
  labeling: {
    task: {
      show: [{ column: '…', title: 'Text' }],
      instructions: { text: 'Say whether it is good.' },
      answer: { choices: [{ value: '…' }] },
    },
  },
}

test('texts that say something, whatever signs they have, are left alone', () => {
  expect(() => refusePlaceholders(plan)).not.toThrow()
  expect(placeholderWarnings(plan)).toEqual([])
})

test('cells of an example and titles of answers are data, whatever they are named and hold', () => {
  const task = {
    answer: {
      choices: [
        { value: 'good', title: '👍' },
        { value: 'gap', title: '…' },
      ],
    },
    instructions: { examples: [{ item: { text: '[deleted]', title: '???', description: '…\n' }, answer: 'gap' }] },
  }
  const spans = { answer: { labels: [{ value: 'PUNCT', title: '!' }] } }
  for (const one of [task, spans]) {
    expect(() => refusePlaceholders({ ...plan, labeling: { task: one } })).not.toThrow()
    expect(placeholderWarnings({ ...plan, labeling: { task: one } })).toEqual([])
  }
})

test.each([
  ['title', { title: '…' }],
  ['title', { title: ' ... ' }],
  ['summary', { summary: 'TODO' }],
  ['description', { description: '# …\n\n…\n' }],
  ['description', { description: '<what solvers get and have to do>' }],
  ['tags.0', { tags: ['…'] }],
  ['baseline.description', { baseline: { description: '…' } }],
  ['task.instructions.text', { labeling: { task: { instructions: { text: '[how to label]' } } } }],
])('%s that is a placeholder is refused by its name', (field, changes) => {
  expect(() => refusePlaceholders({ ...plan, ...changes })).toThrow(
    expect.objectContaining({ code: 'bad_input', message: expect.stringContaining(`"${field}" (“`) }),
  )
})

test('several are named at once', () => {
  expect(() => refusePlaceholders({ ...plan, title: '…', summary: '…' })).toThrow(
    '"title" (“…”), "summary" (“…”) still hold placeholders. Write them first: what is published cannot be changed.',
  )
})

test('a line of dots among others is a warning', () => {
  expect(placeholderWarnings({ ...plan, description: '# Penguins\n\n…\n' })).toEqual([
    '"description" seems to hold a placeholder, “…”: what is published cannot be changed.',
  ])
})
