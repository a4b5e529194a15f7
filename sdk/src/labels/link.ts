/** Files of a maker's that items name by their path: put on IPFS beside the items, which then link to them. */

import { computeCid } from '@stellartrain/ipfs-content/import'
import { itemLink, type LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { UserError } from '../system/problems.ts'
import { checkTable, type ItemTable, type MediaFile } from './items.ts'
import { type Media, mediaOf } from './media.ts'

/** What the IPFS service keeps of an account's uploads that no manifest names (`ipfs/node`). */
export const MEDIA_MAX_BYTES = 64 * 1024 * 1024

/** The file of a path that an item names; undefined where there is none. */
export type LocalFile = (path: string) => Uint8Array<ArrayBuffer> | undefined

export type LinkedFile = MediaFile & { cid: string }

type Linked = { table: ItemTable; task: LabelingTask; media: LinkedFile[] }

/**
 * Replaces paths by CIDs in the columns that are shown as image or audio. Where every image that answers are about is such a file, its
 * size becomes two columns, so that no answer lies outside the image.
 * @throws UserError `bad_input` for a cell that is neither a link nor an image or a sound
 */
export async function linkMedia(table: ItemTable, task: LabelingTask, local: LocalFile): Promise<Linked> {
  const media = new Map<string, LinkedFile>()
  // By path: thousands of items can name one large file.
  const read = new Map<string, { cid: string; found: Media }>()
  const rows = table.rows.map((row) => [...row])
  const sizes: (Media['size'] | undefined)[] = []
  let bytes = 0
  for (const { column, as } of task.show) {
    const at = table.header.indexOf(column)
    if (at < 0)
      throw refused(`the task shows the column "${column}"; the items have ${table.header.slice(0, 20).join(', ')}.`)
    if (as === 'text') continue
    for (const [index, row] of rows.entries()) {
      const cell = row[at]!
      if (isLink(cell)) continue
      const before = read.get(cell)
      const file = before ? undefined : local(cell)
      const found = before?.found ?? (file && mediaOf(file))
      if (found?.as !== as)
        throw refused(
          `"${cell.slice(0, 100)}" of item ${row[table.header.indexOf(table.idColumn)]} is neither a link (https://…, ipfs://CID) nor the path of an ${as} file beside the items.`,
        )
      const cid = before?.cid ?? (await computeCid(file!))
      read.set(cell, { cid, found })
      if (file && !media.has(cid)) {
        media.set(cid, { name: cell, bytes: file, cid })
        bytes += file.length
        if (bytes > MEDIA_MAX_BYTES) throw tooMuch()
      }
      row[at] = cid
      if ('column' in task.answer && task.answer.column === column) sizes[index] = found.size
    }
  }
  const files = [...media.values()]
  return { ...sizedTask({ ...table, rows }, task, sizes), media: files }
}

export const tooMuch = () =>
  refused(
    `the images and sounds have more than ${MEDIA_MAX_BYTES / 1024 / 1024} MiB: host them elsewhere and link to them by https.`,
  )

/** Label Studio's addresses of files that were uploaded to it or served from a folder. */
const SERVED = /^\/data\/(?:local-files\/\?d=|upload\/(?:\d+\/)?)/

/** The path beside the items that a cell means, as Label Studio writes it or as it is. */
export function servedPath(path: string): string {
  if (!SERVED.test(path)) return path
  const name = path.replace(SERVED, '')
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function isLink(cell: string): boolean {
  try {
    itemLink(cell)
    return true
  } catch {
    return false
  }
}

/** Names the columns of the images' sizes, which are made where they are not there. */
export function sizedTask(
  table: ItemTable,
  task: LabelingTask,
  sizes: readonly (Media['size'] | undefined)[] = [],
): { table: ItemTable; task: LabelingTask } {
  const { answer } = task
  if ((answer.kind !== 'boxes' && answer.kind !== 'polygons') || answer.size) return { table, task }
  const size = { width: 'width', height: 'height' }
  const has = (column: string) => table.header.includes(column)
  if (has(size.width) && has(size.height)) return { table, task: { ...task, answer: { ...answer, size } } }
  const known = table.rows.length > 0 && table.rows.every((_, at) => sizes[at] !== undefined)
  if (!known || has(size.width) || has(size.height)) return { table, task }
  const header = [...table.header, size.width, size.height]
  const rows = table.rows.map((row, at) => [...row, String(sizes[at]!.width), String(sizes[at]!.height)])
  return { table: checkTable({ ...table, header, rows }), task: { ...task, answer: { ...answer, size } } }
}

const refused = (why: string) => new UserError('bad_input', `The items cannot be used: ${why}`)
