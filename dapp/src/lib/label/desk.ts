/** The labeler's desk: moves the work, keeps it in this browser with every step, and measures how long each item was looked at. */
import type { DraftKey } from '@stellartrain/sdk/drafts'
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js'
import { problemOf, readKept } from './answers.ts'
import type { ItemValues } from './items.ts'
import { keepWork, restoreWork } from './kept.ts'
import type { Answer, LabelingTask } from './task.ts'
import { currentOf, nextWork, type Work, type WorkEvent } from './work.ts'

export type Desk = {
  task: LabelingTask
  items: ReadonlyMap<string, ItemValues>
  work: Accessor<Work<Answer>>
  current: Accessor<string | undefined>
  /** Why the present answer is none yet; told after somebody wanted to go on. */
  problem: Accessor<string | undefined>
  /** False once this browser had no room for the draft. */
  kept: Accessor<boolean>
  /** What was entered so far. */
  enter(value: Answer | undefined): void
  /** Answers the item and goes on. */
  answer(value: Answer): void
  /** Goes on with what was entered. */
  next(): void
  undo(): void
  skip(): void
  flag(): void
  go(id: string): void
}

/** Longer than this without a step is a pause. */
const PAUSE_MS = 120_000

const NOTHING = 'Nothing is entered yet. Continue once more if that is your answer.'

export function createDesk(of: {
  key: DraftKey
  task: LabelingTask
  items: ReadonlyMap<string, ItemValues>
  storage?: Storage
  clock?: () => number
}): Desk {
  const { key, task, items, storage = localStorage, clock = () => performance.now() } = of
  const ids = [...items.keys()]
  const [work, setWork] = createSignal(
    restoreWork<Answer>(storage, key, ids, (value, id) => readKept(task, items.get(id), value)),
    { equals: (before, after) => before === after },
  )
  const [problem, setProblem] = createSignal<string>()
  const [kept, setKept] = createSignal(true)
  const current = createMemo(() => currentOf(work()))
  const tell = (event: WorkEvent<Answer>) => {
    if (event.type !== 'spent') setProblem(undefined)
    setWork((before) => nextWork(before, event))
    setKept(keepWork(storage, key, untrack(work)))
  }

  let since = clock()
  const measure = (id: string | undefined) => {
    const spent = Math.min(clock() - since, PAUSE_MS)
    since = clock()
    if (id !== undefined && spent > 0) tell({ type: 'spent', item: id, milliseconds: Math.round(spent) })
  }
  createEffect(on(current, (_, before) => measure(before), { defer: true }))
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') measure(untrack(current))
    else since = clock()
  }
  document.addEventListener('visibilitychange', onVisibility)
  onCleanup(() => document.removeEventListener('visibilitychange', onVisibility))

  const settle = (value: Answer): boolean => {
    const id = untrack(current)
    const why = id === undefined ? undefined : problemOf(task, trimmed(value), items.get(id))
    if (why !== undefined) setProblem(why)
    return why === undefined
  }
  const answer = (value: Answer) => {
    if (settle(value)) tell({ type: 'answered', value: trimmed(value) })
  }

  return {
    ...{ task, items, work, current, problem, kept, answer },
    enter: (value) => tell({ type: 'entered', value }),
    next() {
      const id = untrack(current)
      if (id === undefined) return
      const one = untrack(work).given[id]
      if (one?.broken) return tell({ type: 'flagged' })
      if (one?.value !== undefined) return answer(one.value)
      const empty = emptyOf(task)
      if (empty && untrack(problem) === NOTHING) return answer(empty)
      setProblem(empty ? NOTHING : 'This item is not answered yet.')
    },
    undo: () => tell({ type: 'undone' }),
    skip() {
      const { at, order } = untrack(work)
      if (at === order.length - 1) setProblem('This is the last item: answer it before you submit.')
      else tell({ type: 'skipped' })
    },
    flag: () => {
      if (task.flag) tell({ type: 'flagged' })
    },
    go: (id) => tell({ type: 'went', to: id }),
  }
}

/** Cells have no space around them. */
const trimmed = (value: Answer): Answer =>
  value.kind === 'text' || value.kind === 'transcription' ? { ...value, value: value.value.trim() } : value

/** The answer that nothing is there, where it is one. */
function emptyOf({ answer }: LabelingTask): Answer | undefined {
  switch (answer.kind) {
    case 'spans':
      return { kind: 'spans', spans: [] }
    case 'boxes':
      return { kind: 'boxes', boxes: [] }
    case 'polygons':
      return { kind: 'polygons', polygons: [] }
    case 'choices':
      return (answer.least ?? 0) === 0 ? { kind: 'choices', values: [] } : undefined
    case 'ranking':
      return { kind: 'ranking', order: [...answer.columns] }
    default:
      return undefined
  }
}
