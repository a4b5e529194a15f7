/** Spans for programs that recognize names: CoNLL with IOB2 tags, and JSON Lines of texts with entities as spaCy's documents have them. */
import { codePoints, type Span } from '@stellartrain/ipfs-content/labeling'
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
 * counts, of equally long ones the first.
 */
export function conll(exported: Exported): ExportFile[] {
  const texts = textsOf('conll', exported).map(({ id, text, spans }) => {
    const tokens = tokensOf(text)
    const tags: string[] = tokens.map(() => 'O')
    for (const { start, end, label } of spans.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
      const inside = tokens.flatMap((token, at) => (token.start < end && token.end > start ? [at] : []))
      if (inside.some((at) => tags[at] !== 'O')) continue
      // Tags have no spaces.
      inside.forEach((at, place) => {
        tags[at] = `${place === 0 ? 'B' : 'I'}-${label.replace(/\s+/g, '_')}`
      })
    }
    const name = id.replace(/\s+/g, ' ')
    return [`# id = ${name}`, ...tokens.map((token, at) => `${token.text}\t${tags[at]}`), ''].join('\n')
  })
  return [fileOf('labels.conll', `${texts.join('\n')}`)]
}

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

/** `{"text", "entities": [[start, end, label]], "meta"}` a line; Python's offsets are code points, too. */
export function spacy(exported: Exported): ExportFile[] {
  const lines = textsOf('spacy', exported).map(({ id, text, spans }) =>
    JSON.stringify({ text, entities: spans.map(({ start, end, label }) => [start, end, label]), meta: { id } }),
  )
  return [fileOf('labels.spacy.jsonl', lines.map((line) => `${line}\n`).join(''))]
}
