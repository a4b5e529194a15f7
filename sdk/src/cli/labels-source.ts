/** Reads what a labels file names from the disk: items, media and known answers. Nothing outside the folder of the items is ever taken. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve, sep } from 'node:path'
import { computeCid } from '@stellartrain/ipfs-content/import'
import type { LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { itemValues } from '../answers.ts'
import {
  type ItemTable,
  itemsCsv,
  itemsFromCsv,
  itemsFromJsonLines,
  itemsFromMedia,
  type MediaFile,
} from '../labels/items.ts'
import { type Known, knownFromAnswers, knownFromColumn, knownFromCsv } from '../labels/known.ts'
import { type LocalFile, linkMedia, MEDIA_MAX_BYTES, sizedTask, tooMuch } from '../labels/link.ts'
import { UserError } from '../problems.ts'
import { UsageError } from './io.ts'
import type { LabelsFile } from './labels-schema.ts'

export type Source = { table: ItemTable; task: LabelingTask; known: Known; media: MediaFile[] }

const MOST_FILES = 100_000

/** @throws UsageError for what cannot be read; UserError `bad_input` for what does not fit together */
export async function readSource(labels: LabelsFile, folder: string): Promise<Source> {
  const at = resolve(folder, labels.items)
  if (labels.labelStudio !== undefined) return labelStudio(labels, { folder, at })
  if (!labels.task) throw new UsageError('The labels file has no task: give "task", or "labelStudio".')
  const { idColumn = 'id' } = labels
  if (statOf(at).isDirectory()) {
    const files = await mediaIn(at)
    const { as, ...table } = itemsFromMedia(files)
    const shown = labels.task.show.find((one) => one.as === as)
    if (shown?.column !== as)
      throw new UserError('bad_input', `The items are files: show their column {"column": "${as}", "as": "${as}"}.`)
    const sized = sizedTask(table, labels.task)
    return { ...sized, ...withKnown(labels, sized.table, folder), media: files }
  }
  const table = extname(at) === '.jsonl' ? itemsFromJsonLines(read(at), idColumn) : itemsFromCsv(read(at), idColumn)
  const found = withKnown(labels, table, folder)
  const linked = await linkMedia(found.table, labels.task, localIn(dirname(at)))
  return { ...linked, known: found.known }
}

async function labelStudio(labels: LabelsFile, { folder, at }: { folder: string; at: string }): Promise<Source> {
  const { readLabelStudio } = await import('../labels/label-studio/tasks.ts')
  if (labels.task) throw new UsageError('The labels file has both "task" and "labelStudio"; give one of them.')
  const config = new TextDecoder().decode(read(resolve(folder, labels.labelStudio!)))
  const { table, task: asked, known } = readLabelStudio(config, read(at))
  const task = { ...asked, ...(labels.instructions && { instructions: labels.instructions }) }
  const linked = await linkMedia(table, task, localIn(dirname(at)))
  if (labels.known !== undefined) {
    if (typeof labels.known !== 'string') throw new UsageError('With labelStudio, known is a file.')
    return { ...linked, known: knownFromCsv(read(resolve(folder, labels.known))) }
  }
  const items = itemValues(itemsCsv(linked.table), linked.table.idColumn)
  return { ...linked, known: knownFromAnswers(known, linked.task, items) }
}

function withKnown({ known }: LabelsFile, table: ItemTable, folder: string): { table: ItemTable; known: Known } {
  if (known === undefined) return { table, known: new Map() }
  if (typeof known === 'string') return { table, known: knownFromCsv(read(resolve(folder, known))) }
  return knownFromColumn(table, known.column)
}

/** Files that are not hidden; a labels file and its like are no media, and are told of. */
async function mediaIn(folder: string): Promise<(MediaFile & { cid: string })[]> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
  if (names.length > MOST_FILES)
    throw new UsageError(`The folder has ${names.length} files; at most ${MOST_FILES} are read.`)
  const files: (MediaFile & { cid: string })[] = []
  let bytes = 0
  for (const name of names) {
    const path = join(folder, name)
    bytes += statOf(path).size
    if (bytes > MEDIA_MAX_BYTES) throw tooMuch()
    const file = read(path)
    files.push({ name, bytes: file, cid: await computeCid(file) })
  }
  return files
}

/** Label Studio's addresses of files that were uploaded to it or served from a folder. */
const SERVED = /^\/data\/(?:local-files\/\?d=|upload\/(?:\d+\/)?)/

/** Paths from the folder on, also by links on the disk: who wrote the items must not make their reader publish other files. */
function localIn(folder: string): LocalFile {
  const root = `${realpathSync(folder)}${sep}`
  return (path) => {
    const name = SERVED.test(path) ? decoded(path.replace(SERVED, '')) : path
    try {
      const real = realpathSync(resolve(root, name))
      if (!real.startsWith(root)) return undefined
      const found = statSync(real)
      // Reading a pipe would wait for who writes into it.
      return found.isFile() && found.size <= MEDIA_MAX_BYTES ? read(real) : undefined
    } catch {
      return undefined
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function statOf(path: string) {
  try {
    return statSync(path)
  } catch (cause) {
    throw new UsageError(`The items ${path} cannot be read.`, { cause })
  }
}

function read(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (cause) {
    throw new UsageError(`The file ${path} cannot be read.`, { cause })
  }
}
