/** Items of strangers, and labels of strangers in exports: no cost without a bound, and nothing that acts where it is read. */
import type { LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { expect, test } from 'vitest'
import { leastCpuSeconds } from '../../../oracle/grade/src/testing/cpu-time.ts'
import { coco } from './export/coco.ts'
import { huggingface } from './export/huggingface.ts'
import { labelStudio } from './export/label-studio.ts'
import { boxesTask, exportedOf } from './export/labels.fixture.ts'
import { itemsFromJsonLines } from './items.ts'
import { linkMedia } from './link.ts'

const text = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes)
const choices: LabelingTask['answer'] = { kind: 'choice', choices: [{ value: 'x' }, { value: 'y' }] }
const choiceTask: LabelingTask = { show: [{ column: 'text', as: 'text' }], answer: choices }

test('JSON Lines whose every line has other keys are refused before a table of all of them is made', () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `{"id":${at},"k${at}":1}`).join('\n')
  const read = () =>
    expect(() => itemsFromJsonLines(new TextEncoder().encode(lines), 'id')).toThrow('at most 1000 are read')
  expect(leastCpuSeconds(3, read)).toBeLessThan(3)
})

test('halves of characters, which two ids would share in UTF-8, are refused', () => {
  const read = (lines: string) => itemsFromJsonLines(new TextEncoder().encode(lines), 'id')
  expect(() => read('{"id":"\\ud800"}\n{"id":"\\ud801"}')).toThrow('not well-formed')
  expect(() => read('{"id":1,"\\udfff":2}')).toThrow('name of a column')
  expect(read('{"id":"\\ud83d\\ude00"}').rows).toEqual([['😀']])
})

test('a file that thousands of items name is read once', async () => {
  const png = new Uint8Array(24)
  png.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
  let reads = 0
  const table = {
    idColumn: 'id',
    header: ['id', 'image'],
    rows: [...Array(1_000).keys()].map((id) => [`${id}`, 'a.png']),
  }
  const task: LabelingTask = { show: [{ column: 'image', as: 'image' }], answer: choices }
  const { media, table: linked } = await linkMedia(table, task, () => {
    reads++
    return png
  })
  expect([reads, media.length, new Set(linked.rows.map(([, cell]) => cell)).size]).toEqual([1, 1, 1])
})

const CID = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'
test.each([
  ['../../.ssh/authorized_keys', CID],
  ['/etc/passwd', CID],
  ['a/../../b.png', CID],
  ['..\\b.png', CID],
  ['C:b.png', CID],
  ['~/b.png', CID],
  ['a\nb.png', CID],
  ['', CID],
  ['b.png', 'b.png'],
  ['cats/b.png', 'cats/b.png'],
])('COCO names an image whose maker calls it %j %j', (file, name) => {
  const photo = { file, image: CID, w: '640', h: '480' }
  const [annotations] = coco(exportedOf(boxesTask, { one: photo }, { one: { A: '[]' } }))
  expect(JSON.parse(text(annotations!)).images).toMatchObject([
    { file_name: name, coco_url: `https://gateway.example/ipfs/${CID}` },
  ])
})

test('COCO names an image whose address would leave a folder by its number, and takes no size without end', () => {
  const photo = { image: 'https://h.example/../../../x.png', w: '640', h: '480' }
  const of = (item: Record<string, string>) => coco(exportedOf(boxesTask, { one: item }, { one: { A: '[]' } }))
  expect(JSON.parse(text(of(photo)[0]!)).images).toMatchObject([{ file_name: '1' }])
  expect(() => of({ ...photo, w: '1e999' })).toThrow('needs the sizes of the images')
})

test("Label Studio's names of columns are those of no other tag and column", () => {
  const columns = ['a b', 'column_1', 'answer', 'ranked']
  const task: LabelingTask = { show: columns.map((column) => ({ column, as: 'text' })), answer: choices }
  const item = Object.fromEntries(columns.map((column) => [column, `of ${column}`]))
  const [config, tasks] = labelStudio(exportedOf(task, { one: item }, { one: { A: 'x' } }))
  const names = [...text(config!).matchAll(/ name="([^"]+)"/g)].map(([, name]) => name)
  expect(new Set(names).size).toBe(5)
  expect(Object.values(JSON.parse(text(tasks!))[0].data)).toEqual(columns.map((column) => `of ${column}`))
})

test('the card of a data set shows the words of a maker, and nothing that they would do', () => {
  const exported = exportedOf(choiceTask, { one: { text: 'a', 'b\r| c': '' } }, { one: { A: 'x' } })
  const title = '![x](https://spy.example/x.png) <img src=https://spy.example> [a](javascript:b) &lt; `c` \u{feff}'
  const [, card] = huggingface({ ...exported, labels: { ...exported.labels, title } })
  const [head, body] = text(card!).split('\n---\n')
  expect(head).toContain('https://spy.example> [a](javascript:b) &lt; `c` \\ufeff"')
  const [first] = body!.trim().split('\n')
  expect(first).toBe(
    '# !\\[x\\](https://spy.example/x.png) \\<img src=https://spy.example\\> \\[a\\](javascript:b) \\&lt; \\`c\\` ',
  )
  expect(body).toContain('| `b c` | of the item |')
})
