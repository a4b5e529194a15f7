/** `labeling.task` of a manifest with the rules across its fields: answers are about columns that are shown, examples keep to the task. */
import { ContentError } from '../errors.ts'
import { parseAnswer } from './answer.ts'
import { type LabelingTask, type ShownColumn, type TaskAnswer, taskFields } from './task-shape.ts'

/** The columns that an answer is about, and what they may be shown as. */
function subjectsOf(answer: TaskAnswer): { path: string; column: string; as: readonly ShownColumn['as'][] }[] {
  switch (answer.kind) {
    case 'spans':
      return [{ path: 'column', column: answer.column, as: ['text'] }]
    case 'boxes':
    case 'polygons':
      return [{ path: 'column', column: answer.column, as: ['image'] }]
    case 'transcription':
      return [{ path: 'column', column: answer.column, as: ['audio', 'image'] }]
    case 'preference':
      return (['a', 'b'] as const).map((path) => ({ path, column: answer[path], as: ANY }))
    case 'ranking':
      return answer.columns.map((column, at) => ({ path: `columns.${at}`, column, as: ANY }))
    default:
      return []
  }
}
const ANY = ['text', 'image', 'audio'] as const

/** Rules across the fields of a task; what they refuse is reported at its place. */
function checkTask(task: LabelingTask, report: (path: PropertyKey[], message: string) => void): void {
  for (const { path, column, as } of subjectsOf(task.answer)) {
    const place = ['answer', ...path.split('.')]
    const found = task.show.find((one) => one.column === column)
    if (!found) report(place, `"${column}" is not one of the columns to show`)
    else if (!as.includes(found.as)) report(place, `"${column}" is shown as ${found.as}, not as ${as.join(' or ')}`)
  }
  if (task.answer.kind === 'preference' && task.answer.a === task.answer.b)
    report(['answer', 'b'], 'is the same column as a')
  task.instructions?.examples?.forEach((one, at) => {
    try {
      parseAnswer(task, one.answer, one.item)
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      report(['instructions', 'examples', at, 'answer'], error.message)
    }
  })
}

export const labelingTaskSchema = taskFields.check((context) => {
  checkTask(context.value, (path, message) =>
    context.issues.push({ code: 'custom', input: context.value, path, message }),
  )
})
