/** Label Studio's task JSON as items: the values that its configuration shows, and the answers that are marked as ground truth. */
import type { Answer, ItemValues, LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { UserError } from '../../system/problems.ts'
import { checkTable, type ItemTable, textOf } from '../items.ts'
import { readConfig } from './config.ts'
import { answerOf, isText } from './results.ts'

export type LabelStudioItems = {
  table: ItemTable
  task: Pick<LabelingTask, 'show' | 'answer'>
  /** By id: the ground truth of items that have one. Unchecked, for sizes of images may come later. */
  known: ReadonlyMap<string, (item: ItemValues) => Answer | undefined>
}

const TASKS_MAX_BYTES = 50 * 1024 * 1024
const MOST_TASKS = 1_000_000

type Task = { id: string; data: Record<string, unknown>; truth: readonly unknown[] | undefined }

/**
 * Only columns that the configuration shows are taken: whatever else the tasks hold is not published. A list to rank becomes a column
 * for each entry, and has equally many everywhere.
 * @throws UserError `bad_input`
 */
export function readLabelStudio(xml: string, json: Uint8Array): LabelStudioItems {
  const { show, answer, control, target } = readConfig(xml)
  const tasks = tasksIn(json)
  const columns = show.map(({ column }) => column)
  const idColumn = ['id', 'task', 'task_id'].find((name) => !columns.includes(name)) ?? 'item_id'
  const entriesOf = (task: Task) => (answer.kind === 'list' ? listIn(task, answer.column) : [])
  const ranked = entriesOf(tasks[0]!).map((_, at) => (answer.kind === 'list' ? `${answer.column}_${at + 1}` : ''))
  const rows = tasks.map((task) => {
    const entries = entriesOf(task)
    if (entries.length !== ranked.length)
      throw refused(`task ${task.id} has ${entries.length} entries to rank, the first one has ${ranked.length}.`)
    return [task.id, ...columns.map((column) => textIn(task, column)), ...entries.map(({ text }) => text)]
  })
  const table = checkTable({ idColumn, header: [idColumn, ...columns, ...ranked], rows })
  const asked = answer.kind === 'list' ? { kind: 'ranking' as const, columns: ranked } : answer
  const shown = [...show, ...ranked.map((column) => ({ column, as: 'text' as const }))]
  const known = tasks.flatMap((task): [string, (item: ItemValues) => Answer | undefined][] => {
    const { truth } = task
    if (!truth) return []
    const entries = entriesOf(task).map(({ id }, at) => ({ id, column: ranked[at]! }))
    const text = asked.kind === 'spans' ? textIn(task, asked.column) : undefined
    return [
      [
        task.id,
        (item) => answerOf(truth, { control, target, kind: asked.kind, text, entries, size: sizeIn(asked, item) }),
      ],
    ]
  })
  return { table, task: { show: shown, answer: asked }, known: new Map(known) }
}

function sizeIn(answer: LabelingTask['answer'], item: ItemValues) {
  if ((answer.kind !== 'boxes' && answer.kind !== 'polygons') || !answer.size) return undefined
  return { width: Number(item[answer.size.width]), height: Number(item[answer.size.height]) }
}

function tasksIn(json: Uint8Array): Task[] {
  if (json.length > TASKS_MAX_BYTES) throw refused('they have more than 50 MiB.')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json))
  } catch (cause) {
    throw refused('they are not JSON in UTF-8.', cause)
  }
  // One task is a list of it, and one without "data" is its data, as in Label Studio's own import.
  const tasks = isObject(value) ? [value] : value
  if (!Array.isArray(tasks) || tasks.length === 0 || tasks.length > MOST_TASKS)
    throw refused(`they are not a list of 1 to ${MOST_TASKS} tasks.`)
  return tasks.map((task: unknown, at) => {
    if (!isObject(task)) throw refused(`task ${at + 1} is not an object.`)
    const { id, data = task, annotations } = task
    if (!isObject(data)) throw refused(`"data" of task ${at + 1} is not an object.`)
    const named = isText(id) && id !== '' ? textOf(id, `the id of task ${at + 1}`) : String(at + 1)
    return { id: named, data, truth: data === task ? undefined : groundTruth(annotations) }
  })
}

function groundTruth(annotations: unknown): readonly unknown[] | undefined {
  const found = (Array.isArray(annotations) ? annotations : []).find(
    (one) => isObject(one) && one.ground_truth === true && one.was_cancelled !== true && Array.isArray(one.result),
  )
  return found?.result
}

function textIn({ id, data }: Task, column: string): string {
  const value = Object.hasOwn(data, column) ? data[column] : undefined
  if (isText(value)) return textOf(value, `"${column}" of task ${id}`)
  throw refused(`task ${id} has no text "${column}" in its data.`)
}

function listIn({ id, data }: Task, column: string): { id: string; text: string }[] {
  const value = Object.hasOwn(data, column) ? data[column] : undefined
  if (!Array.isArray(value) || value.length < 2)
    throw refused(`task ${id} has no list "${column}" of two or more entries.`)
  return value.map((entry: unknown) => {
    const { id: entryId, body, title, text } = (isObject(entry) ? entry : {}) as Record<string, unknown>
    const said = [body, text, title].find((one) => typeof one === 'string')
    if (said === undefined || !isText(entryId))
      throw refused(`an entry of "${column}" of task ${id} has no id or no body.`)
    return { id: String(entryId), text: said as string }
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const refused = (why: string, cause?: unknown) =>
  new UserError('bad_input', `The tasks of Label Studio cannot be used: ${why}`, { cause })
