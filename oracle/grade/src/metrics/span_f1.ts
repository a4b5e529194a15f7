/** F1 of labeled spans in sequences of tags. Maximize, 0 to 1. seqeval `f1_score`; the script of CoNLL 2000. */

import { GradeError } from '../errors.ts'
import { entryText } from '../table/bytetable.ts'
import type { Column, LabelColumn } from '../table/columns.ts'
import type { Metric } from './metric.ts'

interface Tag {
  readonly prefix: string
  readonly type: string
}

/** The type is what follows the first dash behind the first character, or all that follows that character. */
const tagOf = (text: string): Tag => {
  const dash = text.indexOf('-', 1)
  return { prefix: text[0]!, type: text.slice(dash < 0 ? 1 : dash + 1) || '_' }
}
const OUT: Tag = { prefix: 'O', type: '_' }

/** Spans as texts of type, first and last place. */
function spansOf(tags: readonly Tag[]): Set<string> {
  const spans = new Set<string>()
  let before = OUT
  let begin = 0
  for (let i = 0; i <= tags.length; i++) {
    const tag = i < tags.length ? tags[i]! : OUT
    const inside = before.prefix !== 'O' && before.prefix !== '.'
    const ends =
      before.prefix === 'E' ||
      before.prefix === 'S' ||
      ((before.prefix === 'B' || before.prefix === 'I') && ['B', 'S', 'O'].includes(tag.prefix)) ||
      (inside && before.type !== tag.type)
    if (inside && ends) spans.add(`${before.type} ${begin} ${i - 1}`)
    const starts =
      tag.prefix === 'B' ||
      tag.prefix === 'S' ||
      (['E', 'S', 'O'].includes(before.prefix) && (tag.prefix === 'E' || tag.prefix === 'I')) ||
      (tag.prefix !== 'O' && tag.prefix !== '.' && before.type !== tag.type)
    if (starts) begin = i
    before = tag
  }
  return spans
}

const tagsOf = (column: Column, row: number): Tag[] => {
  const { codes, labels } = column as LabelColumn
  const text = entryText(labels, codes[row]!)
  return text === '' ? [] : text.split(' ').map(tagOf)
}

export const spanF1: Metric = {
  version: 1,
  family: 'text',
  id: 'span_f1',
  title: 'F1 of spans',
  words: 'How far the labeled spans (B-PER I-PER O …) are the true ones: type, first and last token must be right.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula: '2·right spans ÷ (true spans + predicted spans), over all rows',
  source: 'https://github.com/chakki-works/seqeval',
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: false,
  params: {},
  prepare(truth) {
    const column = truth.columns[0] as LabelColumn
    const rows = Array.from(column.codes, (_, row) => {
      const tags = tagsOf(column, row)
      return { length: tags.length, spans: spansOf(tags) }
    })
    const known = rows.reduce((sum, { spans }) => sum + spans.size, 0)
    if (known === 0) throw new GradeError('truth_degenerate', 'span_f1 needs a truth with at least one span.')
    return (predictions) => {
      let [right, predicted] = [0, 0]
      for (let row = 0; row < rows.length; row++) {
        const tags = tagsOf(predictions[0]!, row)
        // A tag for each token, or places would mean something else.
        if (tags.length !== rows[row]!.length) return Number.NaN
        const spans = spansOf(tags)
        predicted += spans.size
        for (const span of spans) if (rows[row]!.spans.has(span)) right++
      }
      return (2 * right) / (known + predicted)
    }
  },
}
