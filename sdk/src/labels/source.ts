/** From what a maker has, wherever it was read from, to items, task, known answers and the files that items link to. No file system: the command and the page both use it. */
import type { LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { itemValues } from '../labeling/answers.ts'
import { UserError } from '../system/problems.ts'
import { type ItemTable, itemsCsv, itemsFromCsv, itemsFromJsonLines, itemsFromMedia } from './items.ts'
import { type Known, knownFromAnswers, knownFromColumn, knownFromCsv } from './known.ts'
import { type LinkedFile, type LocalFile, linkMedia, sizedTask } from './link.ts'

export type Source = { table: ItemTable; task: LabelingTask; known: Known; media: LinkedFile[] }

/** A CSV of id and answer, or a column of the items, which is then not published. */
export type KnownFrom = { file: Uint8Array } | { column: string }

export type SourceFrom = { known?: KnownFrom | undefined } & (
  | { kind: 'csv' | 'jsonl'; items: Uint8Array; idColumn: string; task: LabelingTask; local: LocalFile }
  | { kind: 'media'; files: readonly LinkedFile[]; task: LabelingTask }
  | {
      kind: 'label-studio'
      /** The labeling configuration, XML. */
      config: string
      /** Tasks, JSON. */
      items: Uint8Array
      /** Beside the configuration, which has none. */
      instructions?: LabelingTask['instructions']
      local: LocalFile
    }
)

/** @throws UserError `bad_input` for what does not fit together; ContentError for a task that is none */
export async function sourceOf(from: SourceFrom): Promise<Source> {
  switch (from.kind) {
    case 'media':
      return mediaSource(from)
    case 'label-studio':
      return labelStudioSource(from)
    default: {
      const read = from.kind === 'jsonl' ? itemsFromJsonLines : itemsFromCsv
      const found = withKnown(read(from.items, from.idColumn), from.known)
      const linked = await linkMedia(found.table, from.task, from.local)
      return { ...linked, known: found.known }
    }
  }
}

function mediaSource({ files, task, known }: Extract<SourceFrom, { kind: 'media' }>): Source {
  const { as, ...table } = itemsFromMedia(files)
  const shown = task.show.find((one) => one.as === as)
  if (shown?.column !== as)
    throw new UserError('bad_input', `The items are files: show their column {"column": "${as}", "as": "${as}"}.`)
  const sized = sizedTask(table, task)
  return { ...sized, ...withKnown(sized.table, known), media: [...files] }
}

async function labelStudioSource(from: Extract<SourceFrom, { kind: 'label-studio' }>): Promise<Source> {
  const { readLabelStudio } = await import('./label-studio/tasks.ts')
  const { table, task: asked, known: found } = readLabelStudio(from.config, from.items)
  const task = { ...asked, ...(from.instructions && { instructions: from.instructions }) }
  const linked = await linkMedia(table, task, from.local)
  if (from.known !== undefined) {
    if (!('file' in from.known)) throw new UserError('bad_input', 'With Label Studio, known answers are a file.')
    return { ...linked, known: knownFromCsv(from.known.file, linked.table.idColumn) }
  }
  const items = itemValues(itemsCsv(linked.table), linked.table.idColumn)
  return { ...linked, known: knownFromAnswers(found, linked.task, items) }
}

function withKnown(table: ItemTable, known: KnownFrom | undefined): { table: ItemTable; known: Known } {
  if (known === undefined) return { table, known: new Map() }
  return 'file' in known
    ? { table, known: knownFromCsv(known.file, table.idColumn) }
    : knownFromColumn(table, known.column)
}
