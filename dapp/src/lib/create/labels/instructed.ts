/** Instructions and examples, added to a task whose items are read: cheap, for it follows every key. Pure. */
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { parseAnswer } from '@stellartrain/ipfs-content/labeling'
import type { Source } from './ask.ts'
import type { LabelsForm } from './form.ts'
import { ItemsError } from './items-error.ts'

const MOST_EXAMPLES = 20

/** @throws ItemsError for an example that is about no item, or whose answer the task does not allow */
export function instructed(source: Source, labels: LabelsForm): Source {
  const { table, task } = source
  const text = labels.instructions.trim()
  if (!text) return source
  if (labels.examples.length > MOST_EXAMPLES) throw new ItemsError(`At most ${MOST_EXAMPLES} examples are shown.`)
  const at = table.header.indexOf(table.idColumn)
  const examples = labels.examples.map(({ item, answer, why }) => {
    const row = table.rows.find((one) => one[at] === item)
    if (!row) throw new ItemsError(`An example is about “${item}”, which is not an item. Remove the example.`)
    const values = Object.fromEntries(table.header.map((name, place) => [name, row[place] ?? '']))
    try {
      parseAnswer(task, answer, values)
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      throw new ItemsError(
        `The example of item “${item}” no longer fits the task: ${error.message} Remove the example.`,
      )
    }
    const shown = task.show.map(({ column }) => [column, values[column] ?? ''] as const)
    return { item: Object.fromEntries(shown), answer, ...(why.trim() && { why: why.trim() }) }
  })
  return { ...source, task: { ...task, instructions: { text, ...(examples.length > 0 && { examples }) } } }
}
