/** What a labeling challenge asks, as the page needs it: the manifest's task, or the choice of labels that its one column names. */
import type { Answer, LabelingTask } from '@stellartrain/ipfs-content/labeling'
import type { Manifest } from '../content/manifest.ts'

export type { Answer, LabelingTask }
export type Kind = LabelingTask['answer']['kind']
export type Asked<K extends Kind> = Extract<LabelingTask['answer'], { kind: K }>
export type AnswerOf<K extends Kind> = Extract<Answer, { kind: K }>
export type Choice = Asked<'choice'>['choices'][number]

/**
 * The task to label by; undefined where the page cannot know what an answer is, and a file is filled in by hand.
 * @param header of the items' file, to show all that the maker published where the manifest names no columns
 */
export function taskOf({ labeling, submission }: Manifest, header: readonly string[]): LabelingTask | undefined {
  if (labeling?.task) return labeling.task
  const choices = namedLabels(submission)?.map((value) => ({ value }))
  if (!choices) return undefined
  const show = header.filter((name) => name !== submission.idColumn).map((column) => ({ column, as: 'text' as const }))
  const own = { column: submission.idColumn, as: 'text' as const }
  return { show: show.length > 0 ? show : [own], answer: { kind: 'choice', choices } }
}

/** Whether the page can ask for answers at all, before the items are known. */
export const canLabelHere = ({ labeling, submission }: Manifest): boolean =>
  labeling !== undefined && (labeling.task !== undefined || namedLabels(submission) !== undefined)

function namedLabels({ columns }: Manifest['submission']): readonly string[] | undefined {
  const [column, ...others] = columns
  return column?.type === 'string' && others.length === 0 ? column.labels : undefined
}

/** The columns that the answer itself is about: they are shown where it is given, the others above it. */
export function subjectsOf({ answer }: LabelingTask): readonly string[] {
  switch (answer.kind) {
    case 'spans':
    case 'boxes':
    case 'polygons':
      return [answer.column]
    case 'preference':
      return [answer.a, answer.b]
    case 'ranking':
      return answer.columns
    default:
      return []
  }
}

/** What a choice is called on the page. */
export const nameOf = ({ value, title }: Choice): string => title ?? value

const words: Record<Kind, string> = {
  choice: 'Choose one',
  choices: 'Choose all that apply',
  text: 'Write your answer',
  spans: 'Mark every passage and give it a label',
  boxes: 'Draw a box around every object',
  polygons: 'Draw the outline of every object',
  rating: 'Rate it',
  preference: 'Which one is better?',
  ranking: 'Put them in order, the best first',
  transcription: 'Write down what is there',
}
export const askedWords = ({ answer }: LabelingTask): string => words[answer.kind]
