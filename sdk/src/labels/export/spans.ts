/** Spans for programs that recognize names: CoNLL with IOB2 tags, and JSON Lines of texts with entities as spaCy's documents have them. */
import { codePoints, type Span } from '@stellartrain/ipfs-content/labeling'
import { csvText } from '../../challenge/csv.ts'
import { type Exported, onlyFor } from './exported.ts'
import { type ExportFile, fileOf } from './file.ts'

type Text = { id: string; text: string; spans: Span[] }

function textsOf(format: string, { labels, items }: Exported): Text[] {
  onlyFor(format, labels, ['spans'])
  const { answer: asked } = labels.task
  const column = asked.kind === 'spans' ? asked.column : ''
  return items.flatMap(({ id, answer }) =>
    answer?.kind === 'spans' ? [{ id, text: labels.items.get(id)?.[column] ?? '', spans: answer.spans }] : [],
  )
}

/**
 * As CoNLL 2003 has it: a token a line with its tag, a blank line behind each text. Tokens are runs of letters, marks and digits, and
 * every other character that is no space by itself. A token that a span touches is in it; of spans that share a token the longer one
 * counts, of equally long ones the first. Ids are in a file beside it: readers of this format know no comments, and take a line that
 * begins with # for a token. A text without a token would be a blank line more, and is in neither.
 */
export function conll(exported: Exported): ExportFile[] {
  const texts = textsOf('conll', exported).flatMap(({ id, text, spans }) => {
    const tokens = tokensOf(text)
    if (tokens.length === 0) return []
    const tags: string[] = tokens.map(() => 'O')
    for (const { start, end, label } of longestFirst(spans)) {
      const inside = tokens.flatMap((token, at) => (token.start < end && token.end > start ? [at] : []))
      if (inside.some((at) => tags[at] !== 'O')) continue
      // Tags have no spaces.
      inside.forEach((at, place) => {
        tags[at] = `${place === 0 ? 'B' : 'I'}-${label.replace(/\s+/g, '_')}`
      })
    }
    return [{ id, lines: [...tokens.map((token, at) => `${token.text}\t${tags[at]}`), ''].join('\n') }]
  })
  return [
    fileOf('labels.conll', texts.map(({ lines }) => lines).join('\n')),
    fileOf('ids.csv', csvText([['text', 'id'], ...texts.map(({ id }, at) => [String(at + 1), id])])),
  ]
}

const longestFirst = (spans: readonly Span[]): Span[] => spans.toSorted((a, b) => b.end - b.start - (a.end - a.start))

/** Tokens with their places in code points. */
export function tokensOf(text: string): { text: string; start: number; end: number }[] {
  let at = 0
  let units = 0
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu)].map(({ 0: token, index }) => {
    const start = at + codePoints(text.slice(units, index))
    const end = start + codePoints(token)
    at = end
    units = index + token.length
    return { text: token, start, end }
  })
}

/**
 * `{"text", "entities": [[start, end, label]], "meta"}` a line; Python's offsets are code points, too. spaCy refuses a document two of whose
 * entities overlap, and ignores what begins or ends with a space: of overlapping spans the longer one is an entity, of equally long ones
 * the first, without the spaces around it. `meta.spans` has all as they are.
 */
export function spacy(exported: Exported): ExportFile[] {
  const written = ({ start, end, label }: Span) => [start, end, label] as const
  const lines = textsOf('spacy', exported).map(({ id, text, spans }) => {
    const points = [...text]
    const apart: Span[] = []
    for (const span of longestFirst(spans.flatMap((one) => trimmed(one, points))))
      if (apart.every(({ start, end }) => end <= span.start || start >= span.end)) apart.push(span)
    const entities = apart.toSorted((a, b) => a.start - b.start).map(written)
    return JSON.stringify({ text, entities, meta: { id, spans: spans.map(written) } })
  })
  return [fileOf('labels.spacy.jsonl', lines.map((line) => `${line}\n`).join(''))]
}

/** A span without the spaces around it; none where it has nothing else. */
function trimmed(span: Span, points: readonly string[]): Span[] {
  const isSpace = (at: number) => /\s/u.test(points[at] ?? '')
  let { start, end } = span
  while (start < end && isSpace(start)) start++
  while (end > start && isSpace(end - 1)) end--
  return start < end ? [{ ...span, start, end }] : []
}
