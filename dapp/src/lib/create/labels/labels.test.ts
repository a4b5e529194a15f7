/** What a maker types becomes the plan that the sdk makes: sums, task, and what is wrong with them. */
import { labelingTaskSchema } from '@stellartrain/ipfs-content/labeling'
import { planLabels } from '@stellartrain/sdk/labels'
import { describe, expect, it } from 'vitest'
import { parseUnits } from '../../words/format.ts'
import { checkStep } from '../check.ts'
import { type Form, newForm } from '../form.ts'
import { timesOf } from '../sums.ts'
import { columnsOf } from './columns.ts'
import { type AnswerKind, answerKinds, type LabelsForm, newLabels, quizOf, shownOf } from './form.ts'
import { instructed } from './instructed.ts'
import { labelsOutcomes, labelsTerms } from './outcomes.ts'
import { type ItemsFrom, look, make } from './read.ts'
import { labelsSums } from './sums.ts'
import { taskDraft } from './task.ts'

const now = Date.parse('2026-11-30T12:00:00Z')
const utf8 = (text: string) => new TextEncoder().encode(text)
const file = (name: string, text: string) => ({ name, bytes: utf8(text) })
const png = () => {
  const bytes = new Uint8Array(24)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  new DataView(bytes.buffer).setUint32(16, 4)
  new DataView(bytes.buffer).setUint32(20, 3)
  return bytes
}
const form = (kind: Form['kind'], labels: Partial<LabelsForm> = {}): Form => ({
  ...newForm(now, 'C'),
  ...{ kind, oracles: ['G1', 'G2', 'G3'], oracleFee: '0.1' },
  labels: { ...newLabels(), ...labels },
})
const CSV = 'id,text,photo,gold\na,one,p/one.png,good\nb,two,p/one.png,\nc,three,p/one.png,\n'
const from: ItemsFrom = {
  ...{ source: 'table', idColumn: 'id', config: undefined },
  items: file('items.csv', CSV),
  media: [{ name: 'folder/p/one.png', bytes: png() }],
}
const choice = {
  show: [{ column: 'text', as: 'text' as const }],
  answer: { kind: 'choice' as const, choices: [{ value: 'good' }, { value: 'bad' }] },
}

describe('a quiz', () => {
  const quiz = { labelers: 'quiz', quizQuestions: '2', quizItems: '3', quizAccuracy: '100', quizTries: '1' } as const
  it('is the plan’s, and what it keeps is not paid for', async () => {
    const ids = Array.from({ length: 20 }, (_, at) => `i${at}`)
    const csv = `id,text,gold\n${ids.map((id, at) => `${id},about,${at < 8 ? 'good' : ''}`).join('\n')}\n`
    const source = await make({
      ...from,
      items: file('i.csv', csv),
      known: { column: 'gold' },
      task: choice,
      people: {},
    })
    const typed = { ...newLabels(), ...quiz }
    const { plan, items, known, guessed } = planLabels(source, {
      ...{ payout: 'earnings', overlap: 3, minAccuracy: 0.8, secondsPerItem: 30, perItem: typed.perItem },
      quiz: quizOf(typed),
    })
    expect([items, known, guessed]).toEqual([17, 5, 0.25])
    expect(plan.labeling?.quiz).toEqual({ items: 'quiz.csv', questions: 2, minAccuracy: 1, tries: 1 })
    expect(labelsSums(form('earnings', typed), 20 - quizOf(typed)!.items, 7)!.prize).toBe(
      parseUnits(plan.payout.prize, 7),
    )
    expect(quizOf(newLabels())).toBeUndefined()
  })
  it('asks for numbers that can be, and is told before the signature', () => {
    const problems = (patch: Partial<LabelsForm>) =>
      Object.keys(checkStep('money', form('earnings', { ...quiz, ...patch }), { ...context, decimals: 7 }))
    expect(problems({})).not.toContain('quizItems')
    expect(problems({ quizItems: '1' })).toContain('quizItems')
    expect(problems({ quizQuestions: '51', quizItems: '60' })).toContain('quizQuestions')
    expect(problems({ quizAccuracy: '0' })).toContain('quizAccuracy')
    expect(problems({ quizTries: '11' })).toContain('quizTries')
    expect(problems({ labelers: 'everyone', quizTries: '11' })).not.toContain('quizTries')
  })
})

describe('sums', () => {
  it.each(['per_unit', 'earnings'] as const)(
    'of %s are those of the sdk’s plan, with and without a batch and a budget',
    async (kind) => {
      const source = await make({ ...from, known: { column: 'gold' }, task: choice, people: {} })
      for (const typed of [{}, { batch: '2' }, { budget: '40', batch: '3' }, { overlap: '1', perItem: '0.1234567' }]) {
        const labels = { ...newLabels(), ...typed }
        const sums = labelsSums(form(kind, typed), source.table.rows.length, 7)!
        const { plan, batch } = planLabels(source, {
          ...{ payout: kind, overlap: Number(labels.overlap), minAccuracy: 0.8, secondsPerItem: 30 },
          ...{ perItem: labels.perItem, batch: labels.batch ? Number(labels.batch) : undefined },
          budget: labels.budget || undefined,
        })
        expect(sums.batch).toBe(batch)
        expect(sums.prize).toBe(parseUnits(plan.payout.prize, 7))
        expect(sums.total).toBe(sums.prize + 2n * sums.fee * BigInt(sums.graded))
      }
    },
  )
  it('are nothing while something cannot be read', () => {
    for (const wrong of [{ perItem: 'much' }, { overlap: '' }, { seconds: '0' }, { batch: 'x' }, { budget: '-1' }])
      expect(labelsSums(form('per_unit', wrong), 3, 7), JSON.stringify(wrong)).toBeNull()
    expect(labelsSums(form('per_unit'), 0, 7)).toBeNull()
  })
  it('what an hour earns: 0.05 at 30 s an item is 6', () => {
    expect(labelsSums(form('per_unit'), 300, 7)).toMatchObject({ hour: 60_000_000n, batch: 10, graded: 90 })
  })
})

describe('the task', () => {
  const header = ['id', 'text', 'photo', 'gold']
  const base: LabelsForm = {
    ...newLabels(),
    ...{ knownColumn: 'gold', shown: { photo: 'image' }, choices: 'good | Good | praises\nbad', a: 'text', b: 'photo' },
    ranked: ['text', 'photo'],
  }
  it.each(answerKinds.map(({ value }) => value))('of the kind %s is one', (answer: AnswerKind) => {
    const task = taskDraft({ ...base, answer }, header)
    const result = labelingTaskSchema.safeParse(task)
    expect(result.error?.issues ?? []).toEqual([])
    expect(task.show).toEqual([
      { column: 'text', as: 'text' },
      { column: 'photo', as: 'image' },
    ])
    expect(
      checkStep('task', { ...form('per_unit'), labels: { ...base, answer, instructions: 'Do.' } }, context),
    ).toEqual({})
  })
  it('never shows the ids or the known answers', () => {
    expect(shownOf(base, header).map(([column]) => column)).toEqual(['text', 'photo'])
    expect(shownOf({ ...base, knownFrom: 'file' }, header).map(([column]) => column)).toContain('gold')
  })
  it('names what is wrong by field', () => {
    const wrong = (patch: Partial<LabelsForm>) =>
      Object.keys(
        checkStep('task', { ...form('per_unit'), labels: { ...base, instructions: 'Do.', ...patch } }, context),
      )
    expect(wrong({ choices: 'one' })).toEqual(['choices'])
    expect(wrong({ choices: 'one\none' })).toEqual(['choices'])
    expect(wrong({ answer: 'rating', step: '3' })).toEqual(['step'])
    expect(wrong({ answer: 'preference', b: 'text' })).toEqual(['b'])
    expect(wrong({ answer: 'ranking', ranked: ['text'] })).toEqual(['ranked'])
    expect(wrong({ answer: 'boxes', iou: '0' })).toEqual(['iou'])
    expect(wrong({ answer: 'text', maxLength: '5000' })).toEqual(['maxLength'])
    expect(wrong({ answer: 'choices', least: '3', most: '2' })).toEqual(['least'])
    expect(wrong({ instructions: ' ' })).toEqual(['instructions'])
    expect(wrong({ reviewer: 'me' })).toEqual(['reviewer'])
  })
})

const context = { now, decimals: 7, minPatience: 60, minWindow: 3_600 }

describe('items', () => {
  it('of a table link to the files that were chosen beside it, by the path from the folder on', async () => {
    expect(await look(from)).toMatchObject({ count: 3, header: ['id', 'text', 'photo', 'gold'] })
    const task = { ...choice, show: [...choice.show, { column: 'photo', as: 'image' as const }] }
    const made = await make({ ...from, known: { column: 'gold' }, task, people: { flag: true } })
    expect(made.known).toEqual(new Map([['a', 'good']]))
    expect(made.table.header).toEqual(['id', 'text', 'photo'])
    expect(made.media).toEqual([{ name: 'p/one.png', bytes: png(), cid: expect.stringMatching(/^baf/) }])
    expect(made.table.rows[0]![2]).toBe(made.media[0]!.cid)
    expect(made.task.flag).toBe(true)
    await expect(make({ ...from, media: [], known: { column: 'gold' }, task, people: {} })).rejects.toThrow(
      'is neither a link',
    )
  })
  it('of a folder are its images; JSON Lines and Label Studio are read as by the command', async () => {
    const files = [
      { name: 'd/b.png', bytes: png() },
      { name: 'd/a.png', bytes: png() },
    ]
    expect(await look({ ...from, source: 'folder', items: undefined, media: files })).toMatchObject({
      ...{ count: 2, header: ['id', 'file', 'image', 'width', 'height'] },
    })
    const lines = file('items.jsonl', '{"id":1,"text":"x"}\n{"id":2,"text":"y"}')
    expect(await look({ ...from, items: lines })).toMatchObject({ count: 2, header: ['id', 'text'] })
    const config = file(
      'c.xml',
      '<View><Text name="t" value="$text"/><Choices name="c" toName="t"><Choice value="x"/><Choice value="y"/></Choices></View>',
    )
    const truth = [
      { ground_truth: true, result: [{ from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['x'] } }] },
    ]
    const tasks = file(
      't.json',
      JSON.stringify([
        { id: 1, data: { text: 'one' }, annotations: truth },
        { id: 2, data: { text: 'two' } },
      ]),
    )
    const studio: ItemsFrom = { source: 'studio', idColumn: 'id', items: tasks, config, media: [] }
    expect(await look(studio)).toMatchObject({ count: 2, known: 1, task: { answer: { kind: 'choice' } } })
    const made = await make({ ...studio, known: undefined, task: undefined, people: { flag: true } })
    expect(made).toMatchObject({ known: new Map([['1', 'x']]), task: { flag: true, answer: { kind: 'choice' } } })
  })
  it('what cannot be used is said in a sentence', async () => {
    await expect(look({ ...from, idColumn: 'no' })).rejects.toThrow('it has no column "no"')
    await expect(look({ ...from, items: undefined })).rejects.toThrow('Choose the items.')
    await expect(look({ ...from, source: 'studio', config: file('c', '<a>') })).rejects.toThrow()
    await expect(look({ ...from, source: 'folder', media: [file('x.svg', '<svg/>')] })).rejects.toThrow(
      'neither an image',
    )
    const two = { ...choice, show: [{ column: 'gone', as: 'text' as const }] }
    await expect(make({ ...from, known: undefined, task: two, people: {} })).rejects.toThrow('shows the column "gone"')
  })
  it('examples keep to the task and carry what a labeler sees of the item', async () => {
    const made = await make({ ...from, known: { column: 'gold' }, task: choice, people: {} })
    const labels = { ...newLabels(), instructions: 'Do.', examples: [{ item: 'b', answer: 'bad', why: ' Because. ' }] }
    expect(instructed(made, labels).task.instructions).toEqual({
      text: 'Do.',
      examples: [{ item: { text: 'two' }, answer: 'bad', why: 'Because.' }],
    })
    const with_ = (example: object) => () =>
      instructed(made, { ...labels, examples: [{ item: 'b', answer: 'bad', why: '', ...example }] })
    expect(with_({ item: 'z' })).toThrow('“z”, which is not an item')
    expect(with_({ answer: 'ugly' })).toThrow('no longer fits the task')
  })
  it('a column is proposed as the id where one says that it is', () => {
    expect(columnsOf(file('a.csv', 'ID,x\n1,2\n'), newLabels())).toMatchObject({ idColumn: 'ID' })
    expect(columnsOf(file('a.csv', 'n,x\n1,2\n'), newLabels())).toMatchObject({ idColumn: 'n' })
    expect(columnsOf(file('a.jsonl', '{"key":1,"id":2}'), newLabels())).toMatchObject({ idColumn: 'id' })
    expect(columnsOf(file('a.jsonl', 'no'), newLabels())).toEqual({})
  })
})

describe('what can happen', () => {
  const told = (kind: 'per_unit' | 'earnings', labels: Partial<LabelsForm> = {}) => {
    const of = form(kind, { minAccuracy: '70', ...labels })
    const sums = labelsSums(of, 300, 7)!
    const times = timesOf(of, now)!
    const asset = { code: 'XLM', decimals: 7, contract: 'C' }
    const terms = labelsTerms(of, { sums, times, now })
    return labelsOutcomes(of, { sums, times, terms, asset })
      .map(({ when, what }) => `${when}: ${what}`)
      .join('\n')
  }
  it('per unit says what is paid when, and that the verdict is final', () => {
    expect(told('per_unit')).toContain('With 70 % of the known items right: The whole batch is paid')
    expect(told('per_unit')).toContain('the verdict is final')
    expect(told('per_unit')).toContain('45 XLM for labels')
  })
  it('by earnings says where trust lies, and promises no judge, no gate and no opening', () => {
    expect(told('earnings')).toContain('until then labelers trust the oracles')
    for (const word of ['judge', 'Who may take part', 'are opened']) expect(told('earnings')).not.toContain(word)
  })
  it('says whose the labels are, and that nothing of a private set is opened', () => {
    expect(told('per_unit')).toContain('The known answers are opened to everyone. The labels are for you alone')
    expect(told('per_unit', { results: 'everyone' })).toContain('all accepted batches are opened')
    expect(told('per_unit', { items: 'private' })).toContain('The known answers stay closed. The labels are for you')
    const everyone = told('per_unit', { items: 'private', results: 'everyone' })
    expect(everyone, 'items of labels for everyone cannot be private').not.toContain('stay closed')
  })
})
