/** A maker's items as far as they are: looked at once chosen, and made into a task once the form says how. */
import { createMemo, createSignal } from 'solid-js'
import { createTask } from '../../reactive/task.ts'
import type { FileRole, Form } from '../form.ts'
import { paysLabels } from '../kinds.ts'
import type { LabelsState } from '../state-shape.ts'
import { readMedia, type StoredFile, writeMedia } from '../store.ts'
import { type ItemsFrom, lookAt, makeSource } from './ask.ts'
import { checkItems, checkTask } from './check.ts'
import { type LabelsForm, quizOf } from './form.ts'
import { instructed } from './instructed.ts'
import { labelsSums } from './sums.ts'
import { peopleOf, taskDraft } from './task.ts'

export function createLabelsState(of: {
  form: Form
  set: (patch: Partial<LabelsForm>) => void
  files: () => Partial<Record<FileRole, StoredFile>>
  decimals: () => number
}): LabelsState {
  const { form, files } = of
  const { labels } = form
  const [media, setMedia] = createSignal<readonly StoredFile[]>([])
  // A browser that keeps no files, as in some private windows, still creates challenges.
  readMedia().then(
    (kept) => setMedia((now) => (now.length > 0 ? now : kept)),
    () => {},
  )
  const from = createMemo((): ItemsFrom | undefined => {
    if (!paysLabels(form.kind)) return undefined
    const { items, studio } = files()
    const { source } = labels
    const chosen = source === 'folder' ? media().length > 0 : items && (source === 'table' || studio)
    return chosen ? { source, idColumn: labels.idColumn, items, config: studio, media: media() } : undefined
  })
  const looked = createTask(from, lookAt)
  const known = () => {
    if (labels.source === 'table' && labels.knownFrom === 'column') return { column: labels.knownColumn }
    if (labels.source === 'studio' && labels.knownFrom !== 'file') return undefined
    const file = files().known
    return file && { file: file.bytes }
  }
  const request = createMemo(() => {
    const [items, seen] = [from(), looked.value()]
    if (!items || !seen) return undefined
    const { instructions: _, reviewer: __, ...open } = { ...checkItems(labels), ...checkTask(labels) }
    if (Object.keys(open).length > 0) return undefined
    const studio = items.source === 'studio'
    return {
      ...items,
      known: known(),
      task: studio ? undefined : taskDraft(labels, seen.header),
      people: peopleOf(labels),
    }
  })
  const made = createTask(request, makeSource)
  const whole = createMemo(() => {
    const source = made.value()
    if (!source) return { failure: failureOf(made.failure()) }
    try {
      return { source: instructed(source, labels) }
    } catch (error) {
      return { failure: failureOf(error) }
    }
  })
  return {
    form: labels,
    set: of.set,
    media,
    setMedia(chosen) {
      setMedia(chosen)
      writeMedia(chosen).catch(() => {})
    },
    looked: looked.value,
    lookFailure: () => failureOf(looked.failure()),
    made: made.value,
    source: () => whole().source,
    sourceFailure: () => whole().failure,
    busy: () => looked.busy() || made.busy(),
    // What is kept for the quiz is not labeled.
    sums: () =>
      labelsSums(form, Math.max(0, (looked.value()?.count ?? 0) - (quizOf(labels)?.items || 0)), of.decimals()),
  }
}

const failureOf = (error: unknown): string | undefined => (error instanceof Error ? error.message : undefined)
