/** Labels as Label Studio imports them: a labeling configuration, and tasks with every labeler's annotation and the consensus as prediction. */
import { type Answer, type LabelingTask, ratingValues } from '@stellartrain/ipfs-content/labeling'
import { type ResultOf, resultsOf } from '../label-studio/results.ts'
import { addressOf, type Exported, sizeOf } from './exported.ts'
import { type ExportFile, fileOf } from './file.ts'

const CONTROL = 'answer'
const LIST = 'ranked'

/** Names that Label Studio takes for columns. */
type Keys = ReadonlyMap<string, string>

export function labelStudio(exported: Exported): ExportFile[] {
  const { labels, items, method, gateway } = exported
  const { task } = labels
  const keys = keysOf(task)
  const tasks = items.map(({ id, answer, confidence, votes }, at) => {
    const values = labels.items.get(id) ?? {}
    const shown = task.show.map(({ column, as }) => {
      const cell = values[column] ?? ''
      return [keys.get(column)!, as === 'text' ? cell : addressOf(cell, gateway)] as const
    })
    const { answer: asked } = task
    const ranked = asked.kind === 'ranking' && {
      [LIST]: asked.columns.map((column) => ({
        id: keys.get(column),
        title: column,
        body: Object.fromEntries(shown)[keys.get(column)!],
      })),
    }
    const of = resultOf(exported, keys, id)
    const results = (said: Answer) => resultsOf(written(task, said), of) ?? []
    return {
      id: at + 1,
      data: { ...Object.fromEntries(shown), ...ranked },
      annotations: votes.map((vote) => ({ result: results(vote.answer), was_cancelled: vote.answer.kind === 'flag' })),
      predictions:
        answer === undefined || answer.kind === 'flag'
          ? []
          : [{ model_version: method, score: confidence, result: results(answer) }],
      // In the order of the annotations.
      meta: { item: id, labelers: votes.map(({ labeler }) => labeler), batches: votes.map(({ batch }) => batch) },
    }
  })
  return [fileOf('config.xml', configOf(task, keys)), fileOf('tasks.json', `${JSON.stringify(tasks, null, 2)}\n`)]
}

/** Each once: the tags of a configuration are told apart by their names, and the values of a task by theirs. */
function keysOf({ show }: LabelingTask): Keys {
  const names = show.map(({ column }, at) => (/^[\w-]{1,100}$/.test(column) ? column : `column_${at + 1}`))
  const taken = new Set<string>([CONTROL, LIST])
  return new Map(
    names.map((name, at) => {
      let found = name
      while (taken.has(found)) found = `${found}_`
      taken.add(found)
      return [show[at]!.column, found]
    }),
  )
}

function resultOf(exported: Exported, keys: Keys, id: string): ResultOf {
  const { task, items } = exported.labels
  const { answer } = task
  const column = 'column' in answer ? answer.column : task.show[0]!.column
  // A result of Pairwise is about its control, as Label Studio itself writes it; what it cannot be there is a choice about the first column.
  const target = kindOf(task) === 'preference' ? CONTROL : keys.get(column)!
  const shapes = answer.kind === 'boxes' || answer.kind === 'polygons'
  return {
    ...{ control: CONTROL, target: answer.kind === 'ranking' ? LIST : target, kind: kindOf(task) },
    text: items.get(id)?.[column],
    ...(shapes && { size: sizeOf(exported, id) }),
    ...(answer.kind === 'ranking' && {
      entries: answer.columns.map((name) => ({ column: name, id: keys.get(name)! })),
    }),
  }
}

/** Label Studio rates from 1 on by whole numbers; other ratings, and preferences with ties, are choices there. */
function kindOf({ answer }: LabelingTask): Answer['kind'] {
  if (answer.kind === 'rating' && (answer.from !== 1 || answer.step !== 1)) return 'choice'
  if (answer.kind === 'preference' && answer.tie) return 'choice'
  return answer.kind
}

function written(task: LabelingTask, said: Answer): Answer {
  if (kindOf(task) === 'choice' && (said.kind === 'rating' || said.kind === 'preference'))
    return { kind: 'choice', value: String(said.value) }
  return said
}

function configOf(task: LabelingTask, keys: Keys): string {
  const { answer, show } = task
  const ranked = new Set(answer.kind === 'ranking' ? answer.columns : [])
  const objects = show
    .filter(({ column }) => !ranked.has(column))
    .map(({ column, as }) => element(OBJECTS[as], { name: keys.get(column)!, value: `$${keys.get(column)}` }))
  const list = ranked.size > 0 ? [element('List', { name: LIST, value: `$${LIST}` })] : []
  return `<View>\n${[...objects, ...list, controlOf(task, keys)].map((line) => `  ${line}`).join('\n')}\n</View>\n`
}

const OBJECTS = { text: 'Text', image: 'Image', audio: 'Audio' } as const

function controlOf(task: LabelingTask, keys: Keys): string {
  const { answer } = task
  const about = 'column' in answer ? answer.column : task.show[0]!.column
  const named = { name: CONTROL, toName: keys.get(about)! }
  const inner = (
    tag: string,
    choices: readonly { value: string; title?: string | undefined; hint?: string | undefined }[],
  ) =>
    choices
      .map(({ value, title, hint }) =>
        element(tag, { value: title ?? value, ...(title && { alias: value }), ...(hint && { hint }) }),
      )
      .join('')
  switch (answer.kind) {
    case 'choice':
      return element('Choices', named, inner('Choice', answer.choices))
    case 'choices':
      return element(
        'Choices',
        { ...named, choice: 'multiple', ...(answer.least && { required: 'true' }) },
        inner('Choice', answer.choices),
      )
    case 'text':
    case 'transcription':
      return element('TextArea', named)
    case 'spans':
      return element('Labels', named, inner('Label', answer.labels))
    case 'boxes':
      return element('RectangleLabels', named, inner('Label', answer.labels))
    case 'polygons':
      return element('PolygonLabels', named, inner('Label', answer.labels))
    case 'ranking':
      return element('Ranker', { name: CONTROL, toName: LIST })
    case 'rating': {
      if (kindOf(task) === 'rating') return element('Rating', { ...named, maxRating: String(answer.to) })
      return element(
        'Choices',
        named,
        inner(
          'Choice',
          ratingValues(answer).map((value) => ({ value: String(value) })),
        ),
      )
    }
    case 'preference': {
      if (answer.tie)
        return element(
          'Choices',
          named,
          inner(
            'Choice',
            ['a', 'b', 'tie'].map((value) => ({ value })),
          ),
        )
      return element('Pairwise', { name: CONTROL, toName: `${keys.get(answer.a)},${keys.get(answer.b)}` })
    }
  }
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function element(tag: string, attributes: Readonly<Record<string, string>>, inner = ''): string {
  const text = (value: string) => value.replace(/[&<>"]/g, (one) => ESCAPED[one]!)
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${text(value)}"`)
  return inner === '' ? `<${tag}${written.join('')}/>` : `<${tag}${written.join('')}>${inner}</${tag}>`
}
