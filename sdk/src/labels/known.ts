/** Known items: whose answer the maker has, so that batches can be judged by them. They never appear in what is published. */
import { ContentError } from '@stellartrain/ipfs-content/errors'
import {
  type Answer,
  formatAnswer,
  type ItemValues,
  type LabelingTask,
  parseAnswer,
} from '@stellartrain/ipfs-content/labeling'
import { csvRows, csvText } from '../challenge/csv.ts'
import { UserError } from '../system/problems.ts'
import type { ItemTable } from './items.ts'

/** Cells by the id of the item. */
export type Known = ReadonlyMap<string, string>

/**
 * A CSV of id and answer, as a submission has it; the other way round where the second column is named as the items' ids are.
 * @throws UserError `bad_input`, also for an id that occurs twice: which of two answers is right is not for us to choose
 */
export function knownFromCsv(bytes: Uint8Array, idColumn = 'id'): Map<string, string> {
  const [header, ...rows] = csvRows(bytes) ?? []
  if (header?.length !== 2) throw refused('the file is not a CSV of two columns, the id and the answer.')
  const id = header[1] === idColumn && header[0] !== idColumn ? 1 : 0
  const known = new Map<string, string>()
  for (const row of rows) {
    const name = row[id] ?? ''
    if (known.has(name)) throw refused(`"${name.slice(0, 40)}" occurs twice.`)
    known.set(name, row[1 - id] ?? '')
  }
  return known
}

/** Takes the answers out of a column of the items; where a cell is empty, the item is not known. @throws UserError `bad_input` */
export function knownFromColumn(table: ItemTable, column: string): { table: ItemTable; known: Map<string, string> } {
  const at = table.header.indexOf(column)
  const id = table.header.indexOf(table.idColumn)
  if (at < 0 || at === id) throw refused(`the items have no column "${column}" beside the id.`)
  const known = new Map(table.rows.flatMap((row) => (row[at] === '' ? [] : [[row[id]!, row[at]!] as const])))
  const without = (row: readonly string[]) => row.filter((_, i) => i !== at)
  return { table: { ...table, header: without(table.header), rows: table.rows.map(without) }, known }
}

/** Answers of elsewhere, such as Label Studio's ground truth, as cells. @throws UserError `bad_input` */
export function knownFromAnswers(
  answers: ReadonlyMap<string, (item: ItemValues) => Answer | undefined>,
  task: LabelingTask,
  items: ReadonlyMap<string, ItemValues>,
): Map<string, string> {
  const cells = [...answers].flatMap(([id, answerOf]) => {
    const item = items.get(id) ?? {}
    const answer = answerOf(item)
    return answer ? [[id, checked(id, () => formatAnswer(task, answer, item))] as const] : []
  })
  return new Map(cells)
}

/** The truth file: ids and answers. @throws UserError `bad_input` for an answer that the task does not allow, or an id that no item has */
export function truthCsv(
  known: Known,
  task: LabelingTask,
  items: ReadonlyMap<string, ItemValues>,
): Uint8Array<ArrayBuffer> {
  if (known.size === 0)
    throw refused('there are none. Batches are judged by them alone: give the answers of about a tenth of the items.')
  for (const [id, cell] of known) {
    const item = items.get(id)
    if (!item) throw refused(`"${id.slice(0, 40)}" is not an item.`)
    checked(id, () => parseAnswer(task, cell, item))
  }
  return new TextEncoder().encode(csvText([['id', 'answer'], ...known]))
}

function checked<T>(id: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    throw refused(`item ${id.slice(0, 40)}: ${error.message}`)
  }
}

const refused = (why: string) => new UserError('bad_input', `The known items cannot be used: ${why}`)
