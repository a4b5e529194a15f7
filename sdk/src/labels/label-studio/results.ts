/** Answers as results of Label Studio's annotations, and back. Offsets there are UTF-16 units, places on images percent. */
import type { Answer, Point, Span } from '@stellartrain/ipfs-content/labeling'

export type Size = { width: number; height: number }

/** What an answer is converted with. */
export type ResultOf = {
  control: string
  target: string
  /** The text that spans are in. */
  text?: string | undefined
  /** The image's size in pixels, which Label Studio's percents are of. */
  size?: Size | undefined
  /** Of a ranking: the names of the columns, and the ids of the list's entries that they came from. */
  entries?: readonly { column: string; id: string }[] | undefined
  /** Whether a text is an answer about a sound or an image. */
  kind: Answer['kind']
}

export type Result = Record<string, unknown> & { from_name: string; to_name: string; type: string; value: object }

/** The results of one annotation; undefined where an image's size is not known. A flagged item has none. */
export function resultsOf(answer: Answer, of: ResultOf): Result[] | undefined {
  const one = (type: string, value: object, more: object = {}): Result => ({
    ...{ from_name: of.control, to_name: of.target, type, value },
    ...more,
  })
  switch (answer.kind) {
    case 'flag':
      return []
    case 'choice':
      return [one('choices', { choices: [answer.value] })]
    case 'choices':
      return answer.values.length === 0 ? [] : [one('choices', { choices: answer.values })]
    case 'text':
    case 'transcription':
      return [one('textarea', { text: [answer.value] })]
    case 'rating':
      return [one('rating', { rating: answer.value })]
    case 'preference':
      return answer.value === 'tie' ? [] : [one('pairwise', { selected: answer.value === 'a' ? 'left' : 'right' })]
    case 'ranking': {
      const ids = answer.order.map((column) => of.entries?.find((entry) => entry.column === column)?.id ?? column)
      // Without buckets the one list of a result is named as its control.
      return [one('ranker', { ranker: { [of.control]: ids } })]
    }
    case 'spans':
      return answer.spans.map((span) => one('labels', spanValue(span, of.text ?? '')))
    default: {
      const { size } = of
      if (!size) return undefined
      const about = { original_width: size.width, original_height: size.height, image_rotation: 0 }
      const x = (pixels: number) => (pixels / size.width) * 100
      const y = (pixels: number) => (pixels / size.height) * 100
      if (answer.kind === 'polygons')
        return answer.polygons.map(({ label, points }) => {
          const percent = points.map(([px, py]) => [x(px), y(py)])
          return one('polygonlabels', { points: percent, closed: true, polygonlabels: [label] }, about)
        })
      return answer.boxes.map((box) => {
        const place = { x: x(box.x), y: y(box.y), width: x(box.width), height: y(box.height), rotation: 0 }
        return one('rectanglelabels', { ...place, rectanglelabels: [box.label] }, about)
      })
    }
  }
}

function spanValue({ start, end, label }: Span, text: string) {
  const points = [...text]
  const units = (end: number) => points.slice(0, end).join('').length
  return { start: units(start), end: units(end), text: points.slice(start, end).join(''), labels: [label] }
}

/**
 * The answer that results say; undefined where they say none. It is unchecked: `formatAnswer` refuses what the task does not allow.
 * Boxes that are rotated have no answer.
 */
export function answerOf(results: readonly unknown[], of: ResultOf): Answer | undefined {
  const own = results.filter(isResult).filter(({ from_name }) => from_name === of.control)
  const first = own[0]?.value as Record<string, unknown> | undefined
  switch (of.kind) {
    case 'choice':
      return first && { kind: 'choice', value: textIn(first.choices) }
    case 'choices':
      return { kind: 'choices', values: own.flatMap(({ value }) => listOf((value as { choices?: unknown }).choices)) }
    case 'text':
    case 'transcription':
      return first && { kind: of.kind, value: textIn(first.text).trim() }
    case 'rating':
      return first && { kind: 'rating', value: numberOf(first.rating) }
    case 'preference':
      return first && { kind: 'preference', value: first.selected === 'left' ? 'a' : 'b' }
    case 'ranking':
      return first && { kind: 'ranking', order: orderIn(first.ranker, of.entries ?? []) }
    case 'spans':
      return { kind: 'spans', spans: own.map(({ value }) => spanOf(value, of.text ?? '')) }
    case 'boxes':
    case 'polygons':
      return shapesOf(own, of)
    default:
      return undefined
  }
}

const isResult = (value: unknown): value is Result =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Result).value === 'object' &&
  (value as Result).value !== null

export const isText = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

/** What is neither text nor number says nothing: an object may even have a `toString` of its own. */
const textOf = (value: unknown): string => (isText(value) ? String(value) : '')
const numberOf = (value: unknown): number => (isText(value) ? Number(value) : Number.NaN)

/** Label Studio has lists of one where we have a text. */
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(textOf)
const textIn = (value: unknown): string => listOf(value).join('\n')

function orderIn(ranker: unknown, entries: NonNullable<ResultOf['entries']>): string[] {
  const [ids] = Object.values((ranker ?? {}) as Record<string, unknown>)
  return listOf(ids).map((id) => entries.find((entry) => entry.id === id)?.column ?? id)
}

function spanOf(value: object, text: string): Span {
  const { start, end, labels } = value as Record<string, unknown>
  // Of what is no place `formatAnswer` tells.
  const points = (units: unknown) =>
    typeof units === 'number' && units >= 0 ? [...text.slice(0, units)].length : Number.NaN
  return { start: points(start), end: points(end), label: textIn(labels) }
}

/** Percents of what the annotation says the image measures, unless its size is known. */
function shapesOf(own: readonly Result[], { kind, size }: ResultOf): Answer | undefined {
  const [first] = own
  if (!first) return kind === 'boxes' ? { kind, boxes: [] } : { kind: 'polygons', polygons: [] }
  const image = size ?? { width: numberOf(first.original_width), height: numberOf(first.original_height) }
  const x = (percent: unknown) => (numberOf(percent) / 100) * image.width
  const y = (percent: unknown) => (numberOf(percent) / 100) * image.height
  const values = own.map(({ value }) => value as Record<string, unknown>)
  if (kind === 'polygons')
    return {
      kind,
      polygons: values.map(({ points, polygonlabels }) => ({
        label: textIn(polygonlabels),
        points: (Array.isArray(points) ? points : []).map((point): Point => [x(point?.[0]), y(point?.[1])]),
      })),
    }
  if (values.some(({ rotation }) => rotation !== undefined && rotation !== 0)) return undefined
  return {
    kind: 'boxes',
    boxes: values.map((box) => ({
      ...{ x: x(box.x), y: y(box.y), width: x(box.width), height: y(box.height) },
      label: textIn(box.rectanglelabels),
    })),
  } as Answer
}
