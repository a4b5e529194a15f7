/** Labels by hand for tests of consensus and exports; nothing of it is on a chain. */
import { formatAnswer, type ItemValues, type LabelingTask, parseAnswer } from '@stellartrain/ipfs-content/labeling'
import { agree, type Method } from '../consensus.ts'
import type { Labels } from '../votes.ts'
import type { Exported } from './exported.ts'

const CID = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'

/** `said`: for each item, each labeler's cell. */
export function exportedOf(
  task: LabelingTask,
  items: Record<string, ItemValues>,
  said: Record<string, Record<string, string>>,
  method: Method = 'majority',
): Exported {
  const header = ['id', ...Object.keys(Object.values(items)[0]!)]
  const labelers = [...new Set(Object.values(said).flatMap((votes) => Object.keys(votes)))]
  const labels: Labels = {
    ...{
      challenge: 7,
      title: 'Names: "all" & more',
      license: 'CC-BY-4.0',
      network: 'Test',
      contract: 'CCONTRACT',
      maker: 'GMAKER',
    },
    ...{ manifestCid: CID, itemsCid: CID, task, idColumn: 'id', header, refused: [], missing: [] },
    items: new Map(Object.entries(items).map(([id, values]) => [id, { id, ...values }])),
    batches: labelers.map((labeler, at) => ({
      ...{ number: at + 1, labeler, attempt: 1, cid: CID, contentHash: String(at).repeat(64), units: 2 },
      transaction: { hash: 'f'.repeat(64), ledger: 100 + at, closedAt: '2026-01-01T00:00:00Z' },
    })),
    votes: Object.entries(said).flatMap(([item, votes]) =>
      Object.entries(votes).map(([labeler, cell]) => {
        const answer = parseAnswer(task, cell, items[item])
        return { item, labeler, cell, answer, batch: labelers.indexOf(labeler) + 1 }
      }),
    ),
  }
  return { labels, items: agree(labels, method), method, gateway: 'https://gateway.example' }
}

export const spansTask: LabelingTask = {
  show: [{ column: 'text', as: 'text' }],
  answer: { kind: 'spans', column: 'text', labels: [{ value: 'PER' }, { value: 'LOC' }] },
}

export const boxesTask: LabelingTask = {
  show: [{ column: 'image', as: 'image' }],
  answer: {
    kind: 'boxes',
    column: 'image',
    labels: [{ value: 'cat' }, { value: 'dog' }],
    size: { width: 'w', height: 'h' },
  },
  flag: true,
}

const photo = { image: CID, w: '640', h: '480' }
const box = (label: string, x: number, y: number, width: number, height: number) => ({ height, label, width, x, y })
const cell = (...boxes: ReturnType<typeof box>[]) => formatAnswer(boxesTask, { kind: 'boxes', boxes }, photo)

export const boxesExport = exportedOf(
  boxesTask,
  { one: photo, two: photo, three: photo, four: photo },
  {
    one: {
      A: cell(box('cat', 10, 20, 100, 80), box('dog', 300, 200, 50, 50)),
      B: cell(box('cat', 12, 20, 100, 84)),
      C: cell(box('dog', 11, 22, 98, 80.5)),
    },
    two: { A: cell(), B: cell(), C: cell(box('cat', 0, 0, 5, 5)) },
    three: { A: '{"flag":true}', B: '{"flag":true}', C: cell(box('cat', 0, 0, 5, 5)) },
  },
)

export const polygonsExport = exportedOf(
  {
    show: [{ column: 'image', as: 'image' }],
    answer: { kind: 'polygons', column: 'image', labels: [{ value: 'cat' }], size: { width: 'w', height: 'h' } },
  },
  { one: photo },
  {
    one: {
      A: '[{"label":"cat","points":[[10,10],[110,10],[110,60]]}]',
      B: '[{"label":"cat","points":[[10,10],[112,10],[110,62],[60,40]]}]',
      C: '[{"label":"cat","points":[[12,10],[110,12],[110,60]]}]',
    },
  },
)

export const choiceExport = exportedOf(
  { show: [{ column: 'text', as: 'text' }], answer: { kind: 'choice', choices: [{ value: 'yes' }, { value: 'no' }] } },
  { a: { text: 'One, "two"\nthree' }, b: { text: 'Four' }, c: { text: 'Five 😀' } },
  { a: { A: 'yes', B: 'yes', C: 'no' }, b: { A: 'no', B: 'no' } },
)

const span = (start: number, end: number, label: string) => ({ end, label, start })
const marked = (...spans: ReturnType<typeof span>[]) => formatAnswer(spansTask, { kind: 'spans', spans })
const nested = marked(span(2, 14, 'PER'), span(19, 26, 'LOC'), span(19, 34, 'LOC'))

/** Spans that overlap, that have spaces around them, and a text without any token. */
export const namesExport = exportedOf(
  spansTask,
  {
    a: { text: '😀 Ada Lovelace, of London, England.' },
    b: { text: '\t' },
    c: { text: 'first\n\nin Rome ' },
    d: { text: 'no names' },
  },
  { a: { A: nested, B: nested }, b: { A: '[]' }, c: { A: marked(span(9, 15, 'LOC')) }, d: { A: '[]' } },
)
