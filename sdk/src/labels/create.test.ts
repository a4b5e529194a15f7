/** `labels create` on a real ledger: what a maker's short file becomes, from every kind of items, and what is refused before anything is spent. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { view, views } from '@stellartrain/contracts-client'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readContext } from '../challenge/context.ts'
import { csvRows } from '../challenge/csv.ts'
import { startWorld, type World } from '../testing/world.ts'
import { mediaOf } from './media.ts'

const EXAMPLES = new URL('../../../examples/labels/', import.meta.url)
let world: World
let maker: Keypair
let oracle: string
beforeAll(async () => {
  world = await startWorld()
  oracle = (await world.oracle()).address
  maker = await world.fixture.person()
  await cp(EXAMPLES, join(world.folder, 'labels'), { recursive: true })
})
afterAll(() => world?.close())

const create = (folder: string, ...args: string[]) =>
  world.run(maker, 'labels', 'create', folder, '--oracle', oracle, ...args)
const fetched = async (cid: string) =>
  fetchCid(cid, { gateways: world.client.gateways, maxBytes: 1_000_000, timeoutMs: 5_000 })
const manifestOf = async (challenge: number) => (await readContext(world.client, challenge)).manifest
const png = () => readFile(new URL('digits/images/digit-000.png', EXAMPLES))

/** A folder with a labels file and others. */
async function folderOf(name: string, labels: object, files: Record<string, string | Uint8Array>): Promise<string> {
  const base = { title: 'T', summary: 'S', description: 'D', license: 'CC0-1.0', perItem: '0.1', deadline: '+7d' }
  const folder = join(world.folder, name)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  const all = { 'labels.json': JSON.stringify({ ...base, known: 'known.csv', ...labels }), ...files }
  for (const [file, content] of Object.entries(all)) await writeFile(join(folder, file), content)
  return name
}

test('images of a folder are put on IPFS, and the challenge is an ordinary one that says what labelers see and answer', async () => {
  const looked = await create('labels/digits', '--check')
  expect(looked).toMatchObject({ code: 0 })
  for (const line of [
    '0.02 XLM for each accepted unit, 20 in a full batch; 70 % of the known items',
    'items       300, each labeled 3 times: choice; 300 files are uploaded with them',
    'known       60 items (20 %); a batch of 20 has 4 of them',
    'an hour     earns a labeler 18 XLM at 4 s an item',
    'locked now  18 XLM',
  ])
    expect(looked.out).toContain(line)
  const made = await create('labels/digits', '--yes')
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('uploaded all 300 files') })
  const manifest = await manifestOf(1)
  expect(manifest).toMatchObject({
    kind: 'labeling',
    submission: { rows: 20, columns: [{ name: 'answer', type: 'string', labels: [...'0123456789'] }] },
    labeling: {
      items: 'items.csv',
      overlap: 3,
      minAccuracy: 0.7,
      secondsPerItem: 4,
      task: { answer: { kind: 'choice' } },
    },
    opens: { truth: true, submissions: 'all' },
  })
  const [header, first] = csvRows(await fetched(manifest.datasets[0]!.cid))!
  expect(header).toEqual(['id', 'file', 'image', 'width', 'height'])
  expect(first).toEqual(['digit-000', 'digit-000.png', expect.stringMatching(/^bafkrei/), '64', '64'])
  expect(mediaOf(await fetched(first![2]!))).toEqual({
    as: 'image',
    mediaType: 'image/png',
    size: { width: 64, height: 64 },
  })
})

test('sentences of a CSV; the answers of known items are nowhere in what is published', async () => {
  expect(await create('labels/sentences', '--yes')).toMatchObject({ code: 0 })
  const { task } = (await manifestOf(2)).labeling!
  expect(task).toMatchObject({ flag: true, answer: { choices: [{ value: 'positive' }, { value: 'negative' }] } })
  const rows = ['a,First,x', 'b,Second,', 'c,Third,y', 'd,Fourth,']
  const known = { task: { show: [{ column: 'text', as: 'text' }], answer: { kind: 'text', maxLength: 9 } } }
  const named = await folderOf(
    'column',
    { ...known, items: 'all.csv', known: { column: 'gold' } },
    {
      'all.csv': `id,text,gold\n${rows.join('\n')}\n`,
    },
  )
  expect(await create(named, '--yes')).toMatchObject({
    code: 0,
    out: expect.stringContaining('known       2 items (50 %)'),
  })
  const { datasets } = await manifestOf(3)
  expect(datasets.map(({ name }) => name)).toEqual(['items.csv'])
  expect(csvRows(await fetched(datasets[0]!.cid))).toEqual([
    ['id', 'text'],
    ...rows.map((row) => row.split(',').slice(0, 2)),
  ])
})

test('JSON Lines with images beside them get CIDs and sizes, so that no box lies outside', async () => {
  const task = {
    show: [{ column: 'photo', as: 'image' }],
    answer: { kind: 'boxes', column: 'photo', labels: [{ value: 'digit' }] },
  }
  const lines = [
    { id: 'a', photo: 'one.png', n: 1 },
    { id: 'b', photo: 'one.png' },
  ].map((one) => JSON.stringify(one))
  const known = 'id,answer\na,"[{""height"":60,""label"":""digit"",""width"":60,""x"":0,""y"":0}]"\n'
  const files = { 'items.jsonl': lines.join('\n'), 'one.png': new Uint8Array(await png()), 'known.csv': known }
  const named = await folderOf('jsonl', { items: 'items.jsonl', task }, files)
  expect(await create(named, '--yes')).toMatchObject({
    code: 0,
    out: expect.stringContaining('uploaded the file that items link to'),
  })
  const { labeling, datasets } = await manifestOf(4)
  expect(labeling!.task!.answer).toMatchObject({ size: { width: 'width', height: 'height' } })
  expect(csvRows(await fetched(datasets[0]!.cid))![1]).toEqual(['a', expect.stringMatching(/^baf/), '1', '64', '64'])
  const outside = await folderOf(
    'outside',
    { items: 'items.jsonl', task },
    { ...files, 'known.csv': known.replace(':60', ':65') },
  )
  expect(await create(outside)).toMatchObject({
    code: 1,
    out: expect.stringContaining('"boxes.0.height" of the answer reaches beyond'),
  })
})

const CONFIG = `<View><Header value="Names"/><Text name="t" value="$text"/>
  <Labels name="ner" toName="t"><Label value="PER"/><Label value="LOC" hint="A place."/></Labels></View>`
const LS_TASKS = [
  {
    id: 7,
    data: { text: '😀 Ada met Bob', secret: 'not shown' },
    annotations: [
      {
        ground_truth: true,
        result: [
          { from_name: 'ner', to_name: 't', type: 'labels', value: { start: 3, end: 6, text: 'Ada', labels: ['PER'] } },
        ],
      },
    ],
  },
  { id: 8, data: { text: 'Paris' } },
]

test("Label Studio's tasks and configuration, with its ground truth as known items; nothing that it does not show is published", async () => {
  const files = { 'config.xml': CONFIG, 'tasks.json': JSON.stringify(LS_TASKS) }
  const named = await folderOf('studio', { items: 'tasks.json', labelStudio: 'config.xml', known: undefined }, files)
  expect(await create(named, '--yes')).toMatchObject({
    code: 0,
    out: expect.stringContaining('known       1 item'),
  })
  const { labeling, datasets } = await manifestOf(5)
  expect(labeling!.task).toEqual({
    show: [{ column: 'text', as: 'text' }],
    answer: { kind: 'spans', column: 'text', labels: [{ value: 'PER' }, { value: 'LOC', hint: 'A place.' }] },
  })
  expect(csvRows(await fetched(datasets[0]!.cid))).toEqual([
    ['id', 'text'],
    ['7', '😀 Ada met Bob'],
    ['8', 'Paris'],
  ])
})

test('by earnings: the rate stands in the manifest, the known items are sealed and committed to, and nothing reaches the ledger later', async () => {
  const folder = await folderOf(
    'earned',
    {
      ...{ payout: 'earnings', items: 'items.csv', overlap: 2, secondsPerItem: 9 },
      task: { show: [{ column: 'text', as: 'text' }], answer: { kind: 'text', maxLength: 9 } },
    },
    { 'items.csv': 'id,text\na,one\nb,two\nc,three\n', 'known.csv': 'id,answer\nb,2\n' },
  )
  const made = await create(folder, '--yes')
  expect(made).toMatchObject({ code: 0 })
  for (const line of [
    '0.1 XLM for each accepted answer, 80 % of the known items right',
    'locked now  0.6 XLM',
    '40 XLM at 9 s',
  ])
    expect(made.out).toContain(line)
  const id = Number(/Challenge (\d+) is funded/.exec(made.out)![1])
  const { manifest, terms } = await readContext(world.client, id)
  expect(manifest).toMatchObject({
    labeling: { perItem: '0.1', overlap: 2, minAccuracy: 0.8, task: { answer: { kind: 'text' } } },
    truth: { recipients: [{ oracle }] },
    opens: { truth: false, submissions: 'none' },
  })
  expect(terms).toMatchObject({ payout: { rule: 'earnings' }, deposit: 0n })
  const { terms: stored } = await view(world.client.chain, views.challenge({ challenge: id }))
  expect(new Set(stored.truth).size, 'a commitment, not zeros').toBeGreaterThan(1)
  const items = manifest.datasets.find(({ name }) => name === 'items.csv')!
  expect(new TextDecoder().decode(await fetched(items.cid))).not.toContain('2')
  expect((await create(await folderOf('wrong', { payout: 'bounty' }, {}))).out).toContain(
    'expected "per_unit" or "earnings"',
  )
})

test('a small task says why it locks more than its labels earn, and a smaller budget is refused in the words of its file', async () => {
  const ids = Array.from({ length: 24 }, (_, at) => `i${String(at).padStart(2, '0')}`)
  const small = async (labels: object, known = 6) => {
    const task = {
      show: [{ column: 'text', as: 'text' }],
      answer: { kind: 'choice', choices: [{ value: 'x' }, { value: 'y' }] },
    }
    const files = {
      'items.csv': `id,text\n${ids.map((id) => `${id},${id}\n`).join('')}`,
      'known.csv': `id,answer\n${ids
        .slice(0, known)
        .map((id) => `${id},x\n`)
        .join('')}`,
    }
    const of = { items: 'items.csv', task, overlap: 1, perItem: '0.1', batch: 8, ...labels }
    return (await create(await folderOf('small', of, files), '--check')).out
  }
  const looked = await small({})
  for (const line of [
    'prizes 16 XLM',
    'budget      at least 16 XLM, because a full batch may earn at most a twentieth; all labels together earn at most 2.4 XLM',
    'known       6 items (25 %); a batch of 8 has 2 of them',
  ])
    expect(looked).toContain(line)
  expect(looked).not.toContain('unjudged')
  // Nobody agreed, or it cannot be paid: nothing stays behind that the next try would find in its way.
  const asked = await create('small', '--identity', 'own.txt', '--keep', 'kept.json')
  expect(asked).toMatchObject({
    code: 2,
    out: expect.stringContaining('sealed to a key that is written to own.txt'),
  })
  expect(asked.out).toContain('give --yes')
  expect(await small({ budget: '99999999' })).toMatch(/! This locks 99999999 XLM; the account has /)
  expect((await create('small', '--check')).code).toBe(1)
  expect((await create('small', '--yes', '--identity', 'own.txt', '--keep', 'kept.json')).code).toBe(1)
  for (const file of ['own.txt', 'kept.json']) expect(existsSync(join(world.folder, file)), file).toBe(false)
  expect(await small({}, 1)).toContain('About 67 % of the full batches have no known item')
  expect(await small({ budget: '2.4' })).toContain('lower "batch" (now 8) or "perItem", or raise "budget" to 16.')
  expect(await small({ batch: 1 })).not.toContain('at most a twentieth')
})

test('what does not fit is refused by its name, and nothing outside the folder is ever published', async () => {
  const task = {
    show: [{ column: 'photo', as: 'image' }],
    answer: { kind: 'choice', choices: [{ value: 'x' }, { value: 'y' }] },
  }
  const say = async (labels: object, files: Record<string, string | Uint8Array> = {}) => {
    const all = {
      'items.csv': 'id,photo\na,one.png\nb,one.png\n',
      'known.csv': 'id,answer\na,x\n',
      'one.png': new Uint8Array(await png()),
      ...files,
    }
    return (await create(await folderOf('bad', { items: 'items.csv', task, ...labels }, all), '--check')).out
  }
  expect(await say({})).toContain('items       2')
  expect(await say({}, { 'items.csv': 'id,photo\na,../labels/digits/images/digit-000.png\n' })).toContain(
    'is neither a link',
  )
  expect(await say({}, { 'items.csv': 'id,photo\na,/etc/passwd\n' })).toContain('is neither a link')
  await writeFile(join(world.folder, 'elsewhere.png'), await png())
  const linked = await folderOf(
    'linked',
    { items: 'items.csv', task },
    { 'items.csv': 'id,photo\na,link.png\n', 'known.csv': 'id,answer\na,x\n' },
  )
  await symlink(join(world.folder, 'elsewhere.png'), join(world.folder, linked, 'link.png'))
  expect((await create(linked, '--check')).out).toContain('is neither a link')
  // Whoever reads a pipe waits for who writes into it.
  await rm(join(world.folder, linked, 'link.png'))
  execFileSync('mkfifo', [join(world.folder, linked, 'link.png')])
  expect((await create(linked, '--check')).out).toContain('is neither a link')
  expect(await say({}, { 'one.png': '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>' })).toContain(
    'is neither a link',
  )
  expect(await say({ items: 'gone.csv' })).toContain('There is no file')
  expect(await say({ idColumn: 'number' })).toContain('it has no column "number"; its columns are id, photo')
  expect(await say({}, { 'items.csv': 'id,photo\na,one.png\na,one.png\n' })).toContain(
    'item 2 ("a") has the id of an item before it',
  )
  expect(await say({}, { 'items.csv': `id,photo,t\na,one.png,${'x'.repeat(5000)}\n` })).toContain(
    'a cell has more than 4096 bytes',
  )
  const long = JSON.stringify({ id: 'a', photo: 'one.png', t: 'é'.repeat(2_100) })
  expect(await say({ items: 'items.jsonl' }, { 'items.jsonl': long })).toContain(
    '"t" of item 1 ("a") is longer than 4096 bytes',
  )
  expect(await say({ known: undefined })).toContain('"known" of the labels file is missing')
  expect(await say({}, { 'known.csv': 'id,answer\n' })).toContain('there are none')
  expect(await say({}, { 'known.csv': 'id,answer\nz,x\n' })).toContain('"z" is not an item')
  expect(await say({}, { 'known.csv': 'id,answer\na,x\na,y\n' })).toContain('"a" occurs twice')
  // The other way round is told by the name of the ids' column.
  expect(await say({}, { 'known.csv': 'answer,id\nx,z\n' })).toContain('"z" is not an item')
  expect(await say({ earnings: { epochSeconds: 60 } })).toContain('needs "payout": "earnings"')
  expect(await say({ items: 'items.json' }, { 'items.json': '[]' })).toContain('For Label Studio')
  expect(
    await say({ items: 'items.ndjson' }, { 'items.ndjson': '{"id":12345678901234567890,"photo":"one.png"}\n' }),
  ).toContain('"id" of item 1 is a number of more than 15 digits')
  expect(await say({}, { 'known.csv': 'id,answer\na,z\n' })).toContain('item a: The answer is none of x, y')
  expect(await say({ task: undefined })).toContain('"task" of the labels file is missing')
  expect(await say({ task: { ...task, show: [{ column: 'image', as: 'image' }] } })).toContain(
    'shows the column "image"',
  )
  expect(await say({ items: 'items.jsonl' }, { 'items.jsonl': '{"id":1}\n[1]\n' })).toContain(
    'line 2 is not a JSON object',
  )
  expect(await say({ items: 'items.jsonl' }, { 'items.jsonl': '{"id":1,"photo":{"a":1}}\n' })).toContain(
    '"photo" of item 1 is a list or an object',
  )
  expect(await say({ results: 'age1xyz' })).toContain('"results" of the labels file is "age1xyz": expected "everyone"')
  expect(await say({ perItem: 'much' })).toContain('"perItem" of the labels file is "much"')
  expect(await say({ overlap: 0 })).toContain('"overlap" of the labels file is 0')
  expect(await say({ price: 1 })).toContain('The labels file has "price", which no labels file has')
  expect((await world.run(maker, 'labels', 'destroy')).code).toBe(2)
  expect((await world.run(maker, 'labels', 'create')).out).toContain('Name the labels file')
  expect((await create('nowhere')).out).toContain('There is no file or folder')
})

test('a quiz keeps known items out of what is labeled, says how often guessing passes, and leaves some to judge batches by', async () => {
  const rows = Array.from({ length: 12 }, (_, at) => `i${at}`)
  const files = {
    'items.csv': `id,text\n${rows.map((id) => `${id},about ${id}`).join('\n')}\n`,
    'known.csv': `id,answer\n${rows
      .slice(0, 8)
      .map((id) => `${id},x`)
      .join('\n')}\n`,
  }
  const task = {
    show: [{ column: 'text', as: 'text' }],
    answer: { kind: 'choice', choices: [{ value: 'x' }, { value: 'y' }] },
  }
  const folder = (quiz: object) => folderOf('quizzed', { items: 'items.csv', task, overlap: 2, batch: 2, quiz }, files)
  const looked = await create(await folder({ questions: 4, items: 5, minAccuracy: 0.75, tries: 2 }), '--check')
  // 5 of 16 ways to answer have three right or four, in one of two tries.
  expect(looked.out).toContain(
    '3 of 4 answers right in one of 2 tries, before anyone gets items; whoever guesses passes with a chance of 53 %',
  )
  expect(looked.out).toContain('Guessing passes this quiz too often')
  expect(looked.out).toContain('items       7, each labeled 2 times')
  expect(looked.out).toContain('known       3 items')
  expect((await create(await folder({ questions: 4, items: 8 }), '--check')).out).toContain('batches need some besides')
  expect((await create(await folder({ questions: 4, items: 3 }), '--check')).out).toContain(
    'it asks 4 questions and has 3 items to ask',
  )
  expect((await create(await folder({ questions: 51 }), '--check')).out).toContain('51')
  const made = await create(await folder({ questions: 4, items: 5, minAccuracy: 0.75, tries: 2 }), '--yes')
  expect(made).toMatchObject({ code: 0 })
  const challenge = Number(/challenges?\/?\s?(\d+)/i.exec(made.out)?.[1])
  const manifest = await manifestOf(challenge)
  expect(manifest.labeling?.quiz).toEqual({ items: 'quiz.csv', questions: 4, minAccuracy: 0.75, tries: 2 })
  const idsIn = async (name: string) => {
    const { cid } = manifest.datasets.find((one) => one.name === name)!
    return csvRows(await fetched(cid))!
      .slice(1)
      .map(([id]) => id!)
  }
  const [labeled, asked] = [await idsIn('items.csv'), await idsIn('quiz.csv')]
  expect([labeled.length, asked.length]).toEqual([7, 5])
  expect([...labeled, ...asked].toSorted()).toEqual(rows.toSorted())
  for (const id of asked) expect(rows.slice(0, 8)).toContain(id)
})
