/** Configurations and tasks of Label Studio from strangers: each is refused in a sentence, at a bounded cost. */
import { formatAnswer } from '@stellartrain/ipfs-content/labeling'
import { expect, test } from 'vitest'
import { leastCpuSeconds } from '../../../../oracle/grade/src/testing/cpu-time.ts'
import { readConfig } from './config.ts'
import { readLabelStudio } from './tasks.ts'

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const refusal = (words: string) =>
  expect.objectContaining({ code: 'bad_input', message: expect.stringContaining(words) })

const DEEP = 4_000
test.each<[string, string]>([
  ['text that looks like an end behind each tag', `${'<View>/>'.repeat(DEEP)}${'</View>'.repeat(DEEP)}`],
  ['ends in a comment', `<View><!--${'</a'.repeat(DEEP)}-->${'<a>'.repeat(DEEP)}${'</a>'.repeat(DEEP)}</View>`],
  ['ends in CDATA', `<View><![CDATA[${'</a>'.repeat(DEEP)}]]>${'<a>'.repeat(DEEP)}${'</a>'.repeat(DEEP)}</View>`],
  ['names of other letters', `${'<é>'.repeat(DEEP)}${'</é>'.repeat(DEEP)}`],
  ['an end in an attribute', `${'<a b="/>">'.repeat(DEEP)}${'</a>'.repeat(DEEP)}`],
])('elements deeper than are read, hidden by %s', (_, xml) => {
  expect(() => readConfig(xml)).toThrow(refusal('deep'))
})

test.each(['<!--'.repeat(60_000), '<a "'.repeat(60_000), `<a b='${'<a "'.repeat(60_000)}`])(
  'what is never closed is refused at once: %.8s…',
  (xml) => {
    const read = () => expect(() => readConfig(xml)).toThrow(refusal('not XML'))
    expect(leastCpuSeconds(2, read)).toBeLessThan(2)
  },
)

const CHOICES =
  '<View><Text name="t" value="$text"/><Choices name="c" toName="t"><Choice value="a"/><Choice value="b"/></Choices></View>'
const RATING = '<View><Text name="t" value="$text"/><Rating name="c" toName="t"/></View>'
const SPANS = '<View><Text name="t" value="$text"/><Labels name="c" toName="t"><Label value="x"/></Labels></View>'
const truth = (value: object) =>
  json([{ data: { text: 'one two' }, annotations: [{ ground_truth: true, result: [{ from_name: 'c', value }] }] }])
const textless = { toString: 1, valueOf: 1 }

test.each<[string, string, object]>([
  ['a choice', CHOICES, { choices: [textless] }],
  ['a rating', RATING, { rating: textless }],
  ['a label', SPANS, { start: 0, end: 3, labels: [textless] }],
  ['a place', SPANS, { start: textless, end: 3, labels: ['x'] }],
  ['a place before the text', SPANS, { start: -3, end: 3, labels: ['x'] }],
])('%s that is no text and no number is no answer', (_, xml, value) => {
  const { known, task } = readLabelStudio(xml, truth(value))
  const answer = known.get('1')!({ text: 'one two' })
  expect(() => formatAnswer(task, answer!, { text: 'one two' })).toThrow(
    expect.objectContaining({ code: 'bad_answer' }),
  )
})

test('an entry to rank whose id is an object is refused', () => {
  const xml = '<View><List name="l" value="$answers"/><Ranker name="c" toName="l"/></View>'
  const entries = [
    { id: textless, body: 'a' },
    { id: 2, body: 'b' },
  ]
  expect(() => readLabelStudio(xml, json([{ data: { answers: entries } }]))).toThrow(refusal('has no id'))
})
