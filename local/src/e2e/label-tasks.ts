/** A labeling challenge of each kind of answer, small and without leases: the first half of its items is known. */
import { type Answer, answerCells, formatAnswer, type LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { csvText } from '@stellartrain/oracle-grade/csv'
import type { ChallengePlan } from '@stellartrain/sdk'
import { png } from './png.ts'

type Plan = Omit<ChallengePlan, 'oracles' | 'deadline'>
type Kind = LabelingTask['answer']['kind']
type Sketch = {
  title: string
  task: LabelingTask
  /** Columns beside the id, of each item. */
  items: readonly Record<string, string>[]
  /** What is right for each. */
  right: (item: Record<string, string>) => Answer
}

const choices = (...values: string[]) => values.map((value) => ({ value }))
const text = (column: string, title?: string) => ({ column, as: 'text' as const, ...(title && { title }) })
const image = { column: 'picture', as: 'image' as const, title: 'Picture' }

const SENTENCES = [
  'Ada Lovelace wrote to Charles Babbage from London.',
  'In 1953 Edmund Hillary and Tenzing Norgay stood on Mount Everest.',
  'Zoë 👩‍🔬 moved from 東京 to Zürich.',
  'Marie Curie was born in Warsaw.',
  'Grace Hopper taught at Vassar.',
  'Emmy Noether worked in Göttingen.',
]

/** @param upload puts a file on the IPFS node, and gives its CID */
export async function labelPlans(
  upload: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>,
): Promise<Record<Kind, Plan>> {
  const boxOf = (at: number) => ({ x: 40 + at * 30, y: 60 + at * 12, width: 120, height: 80 })
  const pictures = await Promise.all(
    SENTENCES.map((_, at) =>
      upload(
        png(
          480,
          320,
          [214, 222, 230],
          [
            { ...boxOf(at), color: [180, 80, 60] },
            { x: 320, y: 40, width: 60, height: 200, color: [60, 110, 80] },
          ],
        ),
      ),
    ),
  )
  const sentences = SENTENCES.map((sentence) => ({ text: sentence }))
  const seen = pictures.map((picture) => ({ picture }))
  const placeIn = ({ picture }: Record<string, string>) => pictures.indexOf(picture ?? '')
  const pairs = SENTENCES.map((prompt, at) => ({
    prompt: `Say this in fewer words: ${prompt}`,
    one: prompt
      .split(' ')
      .slice(0, 3 + (at % 3))
      .join(' '),
    two: `${prompt} That is all there is to say about it, and it was said at length.`,
    three: 'I cannot help with that.',
  }))

  const sketches: Record<Kind, Sketch> = {
    choice: {
      title: 'What is in the picture?',
      task: {
        show: [image],
        answer: {
          kind: 'choice',
          choices: [
            { value: 'brick', title: 'A brick', hint: 'red, lying' },
            { value: 'door', title: 'A door', hint: 'green, standing' },
            { value: 'other', title: 'Something else' },
          ],
        },
        flag: true,
        instructions: { text: 'Say what lies **in front**. Flag a picture that does not load.' },
      },
      items: seen,
      right: () => ({ kind: 'choice', value: 'brick' }),
    },
    choices: {
      title: 'Which of these are in the sentence?',
      task: { show: [text('text')], answer: { kind: 'choices', choices: choices('a person', 'a place', 'a year') } },
      items: sentences,
      right: () => ({ kind: 'choices', values: ['a person', 'a place'] }),
    },
    text: {
      title: 'Say it in your words',
      task: { show: [text('text', 'Sentence')], answer: { kind: 'text', maxLength: 120 } },
      items: sentences,
      right: () => ({ kind: 'text', value: 'someone' }),
    },
    spans: {
      title: 'Names in sentences',
      task: {
        show: [text('text', 'Sentence')],
        answer: {
          kind: 'spans',
          column: 'text',
          labels: [
            { value: 'PER', title: 'Person' },
            { value: 'LOC', title: 'Place' },
          ],
        },
      },
      items: sentences,
      right: ({ text: sentence = '' }) => ({
        kind: 'spans',
        spans: [{ start: 0, end: sentence.indexOf(' '), label: 'PER' }],
      }),
    },
    boxes: {
      title: 'A box around every thing',
      task: { show: [image], answer: { kind: 'boxes', column: 'picture', labels: choices('brick', 'door') } },
      items: seen,
      right: (item) => ({ kind: 'boxes', boxes: [{ ...boxOf(placeIn(item)), label: 'brick' }] }),
    },
    polygons: {
      title: 'The outline of every thing',
      task: { show: [image], answer: { kind: 'polygons', column: 'picture', labels: choices('brick', 'door') } },
      items: seen,
      right: () => ({ kind: 'polygons', polygons: [] }),
    },
    rating: {
      title: 'How clear is it?',
      task: { show: [text('text', 'Sentence')], answer: { kind: 'rating', from: 1, to: 5, step: 1 } },
      items: sentences,
      right: () => ({ kind: 'rating', value: 4 }),
    },
    preference: {
      title: 'Which answer is better?',
      task: {
        show: [text('prompt', 'Asked'), text('one'), text('two')],
        answer: { kind: 'preference', a: 'one', b: 'two', tie: true },
      },
      items: pairs,
      right: () => ({ kind: 'preference', value: 'a' }),
    },
    ranking: {
      title: 'The best answer first',
      task: {
        show: [text('prompt', 'Asked'), text('one'), text('two'), text('three')],
        answer: { kind: 'ranking', columns: ['one', 'two', 'three'] },
      },
      items: pairs,
      right: () => ({ kind: 'ranking', order: ['one', 'two', 'three'] }),
    },
    transcription: {
      title: 'What stands there?',
      task: { show: [image], answer: { kind: 'transcription', column: 'picture', maxLength: 80 } },
      items: seen,
      right: () => ({ kind: 'transcription', value: 'nothing' }),
    },
  }
  return Object.fromEntries(Object.entries(sketches).map(([kind, sketch]) => [kind, planOf(sketch)])) as Record<
    Kind,
    Plan
  >
}

function planOf({ title, task, items, right }: Sketch): Plan {
  const names = Object.keys(items[0] ?? {})
  const rows = items.map((item, at) => [`i${at}`, ...names.map((name) => item[name] ?? '')])
  const known = items.slice(0, items.length / 2).map((item, at) => [`i${at}`, formatAnswer(task, right(item), item)])
  const file = (lines: string[][]) => new TextEncoder().encode(csvText(lines))
  const labels = answerCells(task)
  return {
    ...{ title, summary: 'A few items, to be labeled on the page.', license: 'CC0-1.0', tags: ['labels'] },
    description: 'Each accepted label is paid.',
    datasets: [{ name: 'items.csv', role: 'test', bytes: file([['id', ...names], ...rows]) }],
    submission: {
      ...{ format: 'csv', idColumn: 'id', rows: items.length, maxBytes: 100_000 },
      columns: [{ name: 'label', type: 'string', ...(labels && { labels }) }],
    },
    metric: { id: 'accuracy' },
    truth: file([['id', 'label'], ...known]),
    baseline: { description: 'Guessing.', score: 0.1 },
    labeling: { items: 'items.csv', minAccuracy: 0.5, secondsPerItem: 8, task },
    payout: { rule: 'per_unit', rate: '0.05', maxUnits: items.length, prize: '10' },
    ...{ threshold: '0', asset: 'XLM', publishes: { truth: false, submissions: 'none' } },
  }
}
