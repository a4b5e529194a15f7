/** What a labeler may answer, and how its maker wants it done: for people at a terminal, who have no page that shows it. */

import { answerCells, FLAG_CELL, type TaskAnswer } from '@stellartrain/ipfs-content/labeling'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { counted } from '../system/counted.ts'

type Asked = {
  columns: readonly { name: string; labels?: readonly string[] | undefined }[]
  task?: NonNullable<Manifest['labeling']>['task']
}

/** A list of choices may be long. */
const NAMED = 50
const INSTRUCTION_LINES = 3
const LINE_CHARACTERS = 300

/** A sentence part for each column with a known set of answers, or of a known kind: `answer is one of good, bad`. */
export function answerWords({ columns, task }: Asked): string[] {
  const [first] = columns
  if (task && first) {
    const flagged = task.flag ? `, or ${FLAG_CELL} for an item that cannot be labeled` : ''
    return [`${first.name} is ${kindWords(task.answer)}${flagged}`]
  }
  return columns.flatMap(({ name, labels }) => (labels ? [`${name} is ${oneOf(labels)}`] : []))
}

/** Both, as lines beside a file to fill in. */
export function howLines(asked: Asked): string[] {
  const said = answerWords(asked).map((words) => `  ${words}\n`)
  const told = instructionLines(asked).map((line) => `    ${line}\n`)
  return [...said, ...(told.length > 0 ? ['  instructions\n', ...told] : [])]
}

/** The first lines of the maker's instructions, without what a terminal would obey. */
export function instructionLines({ task }: Pick<Asked, 'task'>): string[] {
  const lines = (task?.instructions?.text ?? '')
    .split('\n')
    .map((line) => line.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trimEnd())
    .filter((line) => line !== '')
  const shown = lines
    .slice(0, INSTRUCTION_LINES)
    .map((line) => (line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}…` : line))
  return lines.length > INSTRUCTION_LINES ? [...shown, '…'] : shown
}

function kindWords(answer: TaskAnswer): string {
  const cells = answerCells({ answer })
  if (cells) return oneOf(cells)
  switch (answer.kind) {
    case 'choices':
      return `a JSON list of ${named(valuesOf(answer.choices))}`
    case 'ranking':
      return `a JSON list of ${named(answer.columns)}, the best first`
    case 'text':
    case 'transcription':
      return `a text of at most ${counted(answer.maxLength, 'character')}`
    case 'spans':
    case 'boxes':
    case 'polygons':
      return `a JSON list of ${answer.kind}, each with a label of ${named(valuesOf(answer.labels))}`
    default:
      return answer.kind
  }
}

const valuesOf = (choices: readonly { value: string }[]) => choices.map(({ value }) => value)
const oneOf = (values: readonly string[]) => `one of ${named(values)}`

function named(values: readonly string[]): string {
  const more = values.length > NAMED ? ` and ${values.length - NAMED} more` : ''
  return `${values.slice(0, NAMED).join(', ')}${more}`
}
