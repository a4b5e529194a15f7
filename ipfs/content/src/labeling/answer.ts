/** Answers of labelers as cells of a submission: one reader and one writer for pages, command line, oracles and exports. No I/O. */
import { utf8 } from '../encoding/bytes.ts'
import { ContentError } from '../errors.ts'
import { ANSWER_MAX_BYTES, FLAG_CELL, ratingValues } from './limits.ts'
import { type ItemValues, refuse } from './refuse.ts'
import { type Box, boxesOf, type Polygon, polygonsOf } from './shapes.ts'
import { type Span, spansOf } from './spans.ts'
import type { LabelingTask } from './task-shape.ts'

export type Answer =
  /** The item is broken: it cannot be labeled. */
  | { kind: 'flag' }
  | { kind: 'choice' | 'text' | 'transcription'; value: string }
  /** In the order of the task. */
  | { kind: 'choices'; values: string[] }
  | { kind: 'spans'; spans: Span[] }
  | { kind: 'boxes'; boxes: Box[] }
  | { kind: 'polygons'; polygons: Polygon[] }
  | { kind: 'rating'; value: number }
  | { kind: 'preference'; value: 'a' | 'b' | 'tie' }
  /** Names of the columns, the best first. */
  | { kind: 'ranking'; order: string[] }

type Task = Pick<LabelingTask, 'answer' | 'flag'>

/**
 * Reads a cell of a submission. Equal answers have equal cells: a cell of another form than `formatAnswer` writes is refused.
 * @throws ContentError `bad_answer` that names the part at fault, like `boxes.3.width`, in `problems`
 */
export function parseAnswer(task: Task, cell: string, item?: ItemValues): Answer {
  checkCell(cell)
  if (cell === FLAG_CELL) return checkAnswer(task, { kind: 'flag' }, item)
  const answer = checkAnswer(task, readCell(task, cell), item)
  const form = cellOf(answer)
  if (form !== cell) refuse('', `is in another form than this one, which says the same: ${form}`)
  return answer
}

/** The same for those who ask only whether the task allows a cell: undefined where it does not. */
export function readAnswer(task: Task, cell: string): Answer | undefined {
  try {
    return parseAnswer(task, cell)
  } catch (error) {
    if (error instanceof ContentError) return undefined
    throw error
  }
}

/**
 * Writes an answer as the cell of a submission: parts in one order, coordinates rounded to hundredths of a pixel, structured answers
 * as JSON by RFC 8785.
 * @throws ContentError `bad_answer`
 */
export function formatAnswer(task: Task, answer: Answer, item?: ItemValues): string {
  const cell = cellOf(checkAnswer(task, answer, item))
  checkCell(cell)
  return cell
}

/** Every cell that a task allows, where there are few: choices, ratings and preferences. */
export function answerCells({ answer, flag }: Task): string[] | undefined {
  const cells = cellsOf(answer)
  return cells && (flag ? [...cells, FLAG_CELL] : cells)
}

function cellsOf(answer: Task['answer']): string[] | undefined {
  switch (answer.kind) {
    case 'choice':
      return answer.choices.map(({ value }) => value)
    case 'rating':
      return ratingValues(answer).map(String)
    case 'preference':
      return answer.tie ? ['a', 'b', 'tie'] : ['a', 'b']
    default:
      return undefined
  }
}

// Everything but line feed and tab.
const CONTROL = /[\p{Cc}--[\n\t]]/v

function checkCell(cell: string): void {
  if (cell === '') refuse('', 'is empty; every item needs one.')
  // No character has more than three bytes a unit: what is far too long is not encoded to be measured.
  if (cell.length > ANSWER_MAX_BYTES || utf8(cell).length > ANSWER_MAX_BYTES)
    refuse('', `is longer than ${ANSWER_MAX_BYTES} bytes.`)
  if (!cell.isWellFormed()) refuse('', 'is not well-formed Unicode.')
  if (CONTROL.test(cell)) refuse('', 'has control characters; line feeds and tabs are the only ones allowed.')
  if (cell !== cell.trim()) refuse('', 'begins or ends with a space; remove it.')
}

function readCell({ answer }: Task, cell: string): Answer {
  const { kind } = answer
  switch (kind) {
    case 'choice':
    case 'text':
    case 'transcription':
      return { kind, value: cell }
    case 'preference':
      return { kind, value: cell as 'a' }
    case 'rating':
      return { kind, value: Number(cell) }
    case 'choices':
      return { kind, values: jsonOf(cell) as string[] }
    case 'ranking':
      return { kind, order: jsonOf(cell) as string[] }
    case 'spans':
      return { kind, spans: jsonOf(cell) as Span[] }
    case 'boxes':
      return { kind, boxes: jsonOf(cell) as Box[] }
    case 'polygons':
      return { kind, polygons: jsonOf(cell) as Polygon[] }
  }
}

function jsonOf(cell: string): unknown {
  try {
    return JSON.parse(cell)
  } catch {
    return refuse('', 'is not JSON; for this task it is a list such as [].')
  }
}

/** The answer in its one form, everything in it checked: it may come from a cell or from a program. */
function checkAnswer({ answer: asked, flag }: Task, given: Answer, item: ItemValues | undefined): Answer {
  if (given.kind === 'flag')
    return flag ? given : refuse('', 'flags the item as broken, which this task does not allow.')
  if (given.kind !== asked.kind) return refuse('', `is of the kind ${given.kind}; this task asks for ${asked.kind}.`)
  // Both are of one kind from here on, which the type checker cannot follow.
  const said = given as { [Kind in Answer['kind']]: Extract<Answer, { kind: Kind }> }[typeof asked.kind] & object
  switch (asked.kind) {
    case 'choice':
      return oneOf(
        said as { kind: 'choice'; value: string },
        asked.choices.map(({ value }) => value),
      )
    case 'preference':
      return oneOf(said as { kind: 'preference'; value: 'a' }, asked.tie ? ['a', 'b', 'tie'] : ['a', 'b'])
    case 'rating':
      return oneOf(said as { kind: 'rating'; value: number }, ratingValues(asked))
    case 'text':
    case 'transcription':
      return textOf(said as { kind: 'text'; value: string }, asked.maxLength)
    case 'choices':
      return { kind: 'choices', values: chosen(asked, (said as { values: unknown }).values) }
    case 'ranking':
      return { kind: 'ranking', order: ordered(asked.columns, (said as { order: unknown }).order) }
    case 'spans':
      return { kind: 'spans', spans: spansOf(asked, (said as { spans: unknown }).spans, item) }
    case 'boxes':
      return { kind: 'boxes', boxes: boxesOf(asked, (said as { boxes: unknown }).boxes, item) }
    case 'polygons':
      return { kind: 'polygons', polygons: polygonsOf(asked, (said as { polygons: unknown }).polygons, item) }
  }
}

function oneOf<A extends Answer & { value: string | number }>(said: A, allowed: readonly (string | number)[]): A {
  if (allowed.includes(said.value)) return said
  const first = allowed.slice(0, 10).join(', ')
  return refuse('', `is none of ${first}${allowed.length > 10 ? ` and ${allowed.length - 10} more` : ''}.`)
}

function textOf<A extends Answer & { value: string }>(said: A, maxLength: number): A {
  if (typeof said.value !== 'string') return refuse('', 'is not a text.')
  // What looks like a flag would be read as one.
  if (said.value === FLAG_CELL) return refuse('', 'is how a flagged item is written.')
  const length = said.value.length <= maxLength ? 0 : [...said.value].length
  return length > maxLength ? refuse('', `has ${length} characters; at most ${maxLength} are allowed.`) : said
}

function chosen(
  { choices, least = 0, most = choices.length }: Extract<Task['answer'], { kind: 'choices' }>,
  given: unknown,
): string[] {
  const values = textsOf(given, 'values')
  const known = choices.map(({ value }) => value)
  values.forEach((value, at) => {
    if (!known.includes(value)) refuse(`values.${at}`, 'is not one of the choices.')
  })
  if (values.length < least) refuse('values', `has ${values.length} choices; at least ${least} are needed.`)
  if (values.length > most) refuse('values', `has ${values.length} choices; at most ${most} are allowed.`)
  return known.filter((value) => values.includes(value))
}

function ordered(columns: readonly string[], given: unknown): string[] {
  const order = textsOf(given, 'order')
  order.forEach((column, at) => {
    if (!columns.includes(column)) refuse(`order.${at}`, `is not one of ${columns.join(', ')}.`)
  })
  if (order.length !== columns.length) refuse('order', `ranks ${order.length} of ${columns.length}; rank all of them.`)
  return order
}

/** Distinct texts, as many as a task can ask for. */
function textsOf(given: unknown, path: string): string[] {
  if (!Array.isArray(given) || given.length > 200 || !given.every((one) => typeof one === 'string'))
    return refuse(path, 'is not a list of texts.')
  if (new Set(given).size !== given.length) return refuse(path, 'says something twice.')
  return [...given]
}

/** Numbers and strings are written by ECMAScript's rules, which are RFC 8785's; the keys of parts stand in its order already. */
function cellOf(answer: Answer): string {
  switch (answer.kind) {
    case 'flag':
      return FLAG_CELL
    case 'choices':
      return JSON.stringify(answer.values)
    case 'ranking':
      return JSON.stringify(answer.order)
    case 'spans':
      return JSON.stringify(answer.spans)
    case 'boxes':
      return JSON.stringify(answer.boxes)
    case 'polygons':
      return JSON.stringify(answer.polygons)
    default:
      return String(answer.value)
  }
}
