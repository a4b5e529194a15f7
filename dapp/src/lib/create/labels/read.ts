/** A maker's files to items, task and known answers, by the sdk's own rules; it runs off the page's thread. No network. */
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { type LabelingTask, labelingTaskSchema } from '@stellartrain/ipfs-content/labeling'
import {
  type ItemTable,
  itemsFromCsv,
  itemsFromJsonLines,
  itemsFromMedia,
  itemsKind,
  type KnownFrom,
  type LocalFile,
  MEDIA_MAX_BYTES,
  type Source,
  servedPath,
  sourceOf,
} from '@stellartrain/sdk/labels'
import type { StoredFile } from '../store.ts'
import { ItemsError } from './items-error.ts'

export type ItemsFrom = {
  source: 'table' | 'folder' | 'studio'
  idColumn: string
  items: StoredFile | undefined
  /** Label Studio's labeling configuration. */
  config: StoredFile | undefined
  /** Of a folder the items; else what items name by a path. */
  media: readonly StoredFile[]
}
/** The first look, by which the form knows what there is to choose. */
export type Looked = {
  header: string[]
  count: number
  rows: string[][]
  task: LabelingTask | undefined
  known: number
}
export type MakeFrom = ItemsFrom & {
  known: KnownFrom | undefined
  /** Undefined where Label Studio's configuration gives it. */
  task: LabelingTask | undefined
  /** Beside Label Studio's configuration, which has neither. */
  people: Pick<LabelingTask, 'flag' | 'reviewer'>
}
export type { Source }

const SHOWN = 5

export async function look(from: ItemsFrom): Promise<Looked> {
  if (from.source === 'studio') {
    const { table, task, known } = await studioOf(from)
    return { ...shown(table), task, known: known.size }
  }
  const table = from.source === 'folder' ? itemsFromMedia(await withCids(from.media)) : tableOf(from)
  return { ...shown(table), task: undefined, known: 0 }
}

const shown = ({ header, rows }: ItemTable) => ({ header, count: rows.length, rows: rows.slice(0, SHOWN) })

/** Without instructions and examples, which are added where they are typed. */
export async function make(from: MakeFrom): Promise<Source> {
  const source = await sourceOf(await sourceFrom(from))
  return { ...source, task: checked({ ...source.task, ...from.people }) }
}

async function sourceFrom(from: MakeFrom): Promise<Parameters<typeof sourceOf>[0]> {
  const { known, items } = from
  const local = localOf(from.media)
  if (from.source === 'studio') {
    const config = new TextDecoder().decode(needed(from.config, 'the labeling configuration').bytes)
    const { bytes } = needed(items, 'the tasks')
    return { kind: 'label-studio', config, items: bytes, local, known }
  }
  const task = checked(needed(from.task, 'a task'))
  if (from.source === 'folder') return { kind: 'media', files: await withCids(from.media), task, known }
  const { bytes } = needed(items, 'the items')
  return { kind: kindOf(items), items: bytes, idColumn: from.idColumn, task, known, local }
}

function checked(task: LabelingTask): LabelingTask {
  const result = labelingTaskSchema.safeParse(task)
  if (result.success) return result.data
  const { path, message } = result.error.issues[0]!
  throw new ItemsError(`The task cannot be used: ${path.join('.') || 'it'} ${message}.`)
}

async function studioOf({ items, config }: ItemsFrom) {
  const { readLabelStudio } = await import('@stellartrain/sdk/labels')
  const xml = new TextDecoder().decode(needed(config, 'the labeling configuration').bytes)
  return readLabelStudio(xml, needed(items, 'the tasks').bytes)
}

const kindOf = (items: StoredFile | undefined) => itemsKind(items?.name ?? '')

const tableOf = ({ items, idColumn }: ItemsFrom): ItemTable => {
  const { bytes } = needed(items, 'the items')
  return kindOf(items) === 'jsonl' ? itemsFromJsonLines(bytes, idColumn) : itemsFromCsv(bytes, idColumn)
}

function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new ItemsError(`Choose ${what}.`)
  return value
}

async function withCids(files: readonly StoredFile[]) {
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
  if (bytes > MEDIA_MAX_BYTES) throw new ItemsError(`The files have more than ${MEDIA_MAX_BYTES / 1024 / 1024} MiB.`)
  return Promise.all(
    files.map(async ({ name, bytes }) => ({ name: baseOf(name), bytes, cid: await computeCid(bytes) })),
  )
}

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** By the path from the chosen folder on, as items name it; with its own name too, as exports of Label Studio do. */
function localOf(files: readonly StoredFile[]): LocalFile {
  const known = new Map<string, StoredFile>()
  for (const file of files)
    for (const name of [file.name, file.name.slice(file.name.indexOf('/') + 1)])
      if (!known.has(name)) known.set(name, file)
  return (path) => known.get(servedPath(path).replace(/^\.\//, ''))?.bytes
}

/** The sentence for a person; undefined where it is a fault of the program. */
export function itemsProblem(error: unknown): string | undefined {
  if (error instanceof ItemsError || error instanceof ContentError) return error.message
  const { code, message } = error as { code?: string; message?: string }
  return code === 'bad_input' ? message : undefined
}
