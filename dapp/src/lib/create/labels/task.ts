/** The labeling task that the form describes, as the manifest has it; whether it is one is `labelingTaskSchema`'s to say. Pure. */
import type { Kind as AnswerKind, Asked, LabelingTask } from '../../label/task.ts'
import { whole } from '../numbers.ts'
import { choicesOf, type LabelsForm, shownOf } from './form.ts'

type Answer = LabelingTask['answer']

/** What answers of a kind are about, and as what it has to be shown. */
export const subjectAs = (kind: AnswerKind): readonly ('text' | 'image' | 'audio')[] => {
  if (kind === 'spans') return ['text']
  if (kind === 'boxes' || kind === 'polygons') return ['image']
  return kind === 'transcription' ? ['image', 'audio'] : []
}

/** Columns that an answer of the form's kind can be about. */
export const subjectsFor = (labels: LabelsForm, columns: readonly string[]): string[] => {
  const as: readonly string[] = subjectAs(labels.answer)
  return shownOf(labels, columns).flatMap(([column, shown]) => (as.includes(shown) ? [column] : []))
}

/** The chosen one, or the only one that there is. */
export function subjectOf(labels: LabelsForm, columns: readonly string[]): string {
  const able = subjectsFor(labels, columns)
  return able.includes(labels.column) || able.length === 0 ? labels.column : able[0]!
}

/** Without instructions and examples. */
export function taskDraft(labels: LabelsForm, columns: readonly string[]): LabelingTask {
  const show = shownOf(labels, columns).flatMap(([column, as]) => {
    const title = labels.titles[column]?.trim()
    return as === 'no' ? [] : [{ column, as, ...(title && { title }) }]
  })
  return { show, answer: answerOf(labels, columns), ...peopleOf(labels) }
}

export const peopleOf = ({ reviewer, flag }: LabelsForm): Pick<LabelingTask, 'flag' | 'reviewer'> => ({
  ...(reviewer.trim() && { reviewer: reviewer.trim() }),
  ...(flag && { flag: true }),
})

function answerOf(labels: LabelsForm, columns: readonly string[]): Answer {
  const kind = labels.answer
  const choices = choicesOf(labels.choices)
  const column = subjectOf(labels, columns)
  const count = (text: string) => whole(text) ?? undefined
  const [least, most] = [count(labels.least), count(labels.most)]
  const maxLength = whole(labels.maxLength) ?? 0
  const parts = { column, labels: choices, iou: Number(labels.iou), ...(most !== undefined && { most }) }
  switch (kind) {
    case 'choice':
      return { kind, choices }
    case 'choices':
      return { kind, choices, ...(least !== undefined && { least }), ...(most !== undefined && { most }) }
    case 'text':
      return { kind, maxLength }
    case 'transcription':
      return { kind, column, maxLength }
    case 'spans':
    case 'boxes':
    case 'polygons':
      return { kind, ...parts } as Asked<'spans'>
    case 'rating':
      return { kind, from: Number(labels.from), to: Number(labels.to), step: Number(labels.step) }
    case 'preference':
      return { kind, a: labels.a, b: labels.b, ...(labels.tie && { tie: true }) }
    case 'ranking':
      return { kind, columns: labels.ranked }
  }
}
