/** The fields of a challenge that pays for labels, as typed. */
import type { Kind as AnswerKind, Asked } from '../../label/task.ts'

export type { AnswerKind }
export type ShownAs = 'no' | 'text' | 'image' | 'audio'
export type Example = {
  /** The id of an item. */
  item: string
  /** A cell, as a submission has it. */
  answer: string
  why: string
}

export type LabelsForm = {
  /** A CSV or JSON Lines, a folder of images or sounds, or Label Studio's tasks with their configuration. */
  source: 'table' | 'folder' | 'studio'
  idColumn: string
  /** Where the answers of known items are: a column of the items, or a file; of Label Studio also its ground truth. */
  knownFrom: 'column' | 'file' | 'studio'
  knownColumn: string
  answer: AnswerKind
  /** By column; what is not named is shown as `shownOf` says. */
  shown: Record<string, ShownAs>
  titles: Record<string, string>
  /** One a line: value, and after bars what the page calls it and a hint. */
  choices: string
  least: string
  most: string
  maxLength: string
  from: string
  to: string
  step: string
  /** The column that passages, boxes, outlines or a transcription are about. */
  column: string
  a: string
  b: string
  tie: boolean
  ranked: string[]
  iou: string
  flag: boolean
  instructions: string
  examples: Example[]
  reviewer: string
  overlap: string
  minAccuracy: string
  seconds: string
  perItem: string
  /** Empty: as many as fit. */
  batch: string
  /** Empty: for every label that is needed. */
  budget: string
  /** Who can read the labels: the maker, by a key that is made and saved before the signature, or everyone after the end. */
  results: 'maker' | 'everyone'
  /** Whether everyone sees the items, or whoever leases them; only where the labels are the maker's. */
  items: 'public' | 'private'
  /** Who may label: everyone, or whoever passes a quiz of known items, which are then not labeled. */
  labelers: 'everyone' | 'quiz'
  quizQuestions: string
  quizItems: string
  quizAccuracy: string
  quizTries: string
  /** Batches whose grading the maker pays; empty: all that are needed. */
  graded: string
}

export const newLabels = (): LabelsForm => ({
  source: 'table',
  idColumn: 'id',
  knownFrom: 'column',
  knownColumn: '',
  answer: 'choice',
  shown: {},
  titles: {},
  choices: '',
  least: '',
  most: '',
  maxLength: '500',
  from: '1',
  to: '5',
  step: '1',
  column: '',
  a: '',
  b: '',
  tie: false,
  ranked: [],
  iou: '0.5',
  flag: true,
  instructions: '',
  examples: [],
  reviewer: '',
  overlap: '3',
  minAccuracy: '80',
  seconds: '30',
  perItem: '0.05',
  batch: '',
  budget: '',
  results: 'maker',
  items: 'public',
  labelers: 'everyone',
  quizQuestions: '5',
  quizItems: '20',
  quizAccuracy: '80',
  quizTries: '2',
  graded: '',
})

/** Whoever could read the labels after the end would read the items with them. */
export const itemsMayBePrivate = ({ results }: LabelsForm): boolean => results === 'maker'

/** The quiz as the plan has it; undefined where everyone may label. */
export const quizOf = (labels: LabelsForm) =>
  labels.labelers === 'everyone'
    ? undefined
    : {
        questions: Number(labels.quizQuestions),
        items: Number(labels.quizItems),
        minAccuracy: Number(labels.quizAccuracy) / 100,
        tries: Number(labels.quizTries),
      }

/** The ten kinds of answers, in a maker's words. */
export const answerKinds: readonly { value: AnswerKind; label: string }[] = [
  { value: 'choice', label: 'One of several choices' },
  { value: 'choices', label: 'Any of several choices' },
  { value: 'text', label: 'A text' },
  { value: 'transcription', label: 'A transcription of an image or a sound' },
  { value: 'spans', label: 'Passages of a text' },
  { value: 'boxes', label: 'Boxes in an image' },
  { value: 'polygons', label: 'Outlines in an image' },
  { value: 'rating', label: 'A rating' },
  { value: 'preference', label: 'Which of two is better' },
  { value: 'ranking', label: 'An order, the best first' },
]

export type Choices = Asked<'choice'>['choices']

/** `value | title | hint`, one a line. */
export const choicesOf = (text: string): Choices =>
  text.split('\n').flatMap((line) => {
    const [value = '', title = '', hint = ''] = line.split('|').map((part) => part.trim())
    return value === '' ? [] : [{ value, ...(title && { title }), ...(hint && { hint }) }]
  })

/** What the page shows of an item: every column as text, but of files the file itself; ids and known answers are not shown. */
export function shownOf(labels: LabelsForm, columns: readonly string[]): [column: string, as: ShownAs][] {
  const hidden = [labels.source === 'folder' ? 'id' : labels.idColumn]
  if (labels.knownFrom === 'column' && labels.source === 'table') hidden.push(labels.knownColumn)
  return columns
    .filter((column) => !hidden.includes(column))
    .map((column) => [column, labels.shown[column] ?? defaultAs(labels, column)])
}

function defaultAs({ source }: LabelsForm, column: string): ShownAs {
  if (source !== 'folder') return 'text'
  return column === 'image' || column === 'audio' ? column : 'no'
}
