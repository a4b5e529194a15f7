/** Reads what a labels file names from the disk: items, media and known answers. Nothing outside the folder of the items is ever taken. */

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve, sep } from 'node:path'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { itemsKind, type MediaFile } from '../labels/items.ts'
import { type LocalFile, MEDIA_MAX_BYTES, servedPath, tooMuch } from '../labels/link.ts'
import { type KnownFrom, type Source, sourceOf } from '../labels/source.ts'
import { counted } from '../system/counted.ts'
import { unreadable } from './file-problem.ts'
import { UsageError } from './io.ts'
import type { LabelsFile } from './labels-schema.ts'

const MOST_FILES = 100_000

/** @throws UsageError for what cannot be read; UserError `bad_input` for what does not fit together */
export async function readSource(labels: LabelsFile, folder: string): Promise<Source> {
  const at = resolve(folder, labels.items)
  const known = knownIn(labels, folder)
  if (labels.labelStudio !== undefined) {
    if (labels.task) throw new UsageError('The labels file has both "task" and "labelStudio"; give one of them.')
    const config = new TextDecoder().decode(read(resolve(folder, labels.labelStudio)))
    const local = localIn(dirname(at))
    return sourceOf({
      ...{ kind: 'label-studio', config, items: read(at), local, known },
      ...(labels.instructions && { instructions: labels.instructions }),
    })
  }
  const { task, idColumn = 'id' } = labels
  if (!task) throw new UsageError('The labels file has no task: give "task", or "labelStudio".')
  if (statOf(at).isDirectory()) return sourceOf({ kind: 'media', files: await mediaIn(at), task, known })
  if (extname(at).toLowerCase() === '.json')
    throw new UsageError(
      `${labels.items} is JSON. For Label Studio's tasks give their configuration in "labelStudio"; other items are a CSV, or JSON Lines (.jsonl): one object a line.`,
    )
  return sourceOf({ kind: itemsKind(at), items: read(at), idColumn, task, known, local: localIn(dirname(at)) })
}

function knownIn({ known, labelStudio }: LabelsFile, folder: string): KnownFrom | undefined {
  if (known === undefined) return undefined
  if (typeof known === 'string') return { file: read(resolve(folder, known)) }
  if (labelStudio !== undefined) throw new UsageError('With labelStudio, known is a file.')
  return known
}

/** Files that are not hidden; a labels file and its like are no media, and are told of. */
async function mediaIn(folder: string): Promise<(MediaFile & { cid: string })[]> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
  if (names.length > MOST_FILES)
    throw new UsageError(
      `The folder has ${counted(names.length, 'file')}; at most ${MOST_FILES.toLocaleString('en-US')} are read.`,
    )
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

/** Paths from the folder on, also by links on the disk: who wrote the items must not make their reader publish other files. */
function localIn(folder: string): LocalFile {
  const root = `${realpathSync(folder)}${sep}`
  return (path) => {
    try {
      const real = realpathSync(resolve(root, servedPath(path)))
      if (!real.startsWith(root)) return undefined
      const found = statSync(real)
      // Reading a pipe would wait for who writes into it.
      return found.isFile() && found.size <= MEDIA_MAX_BYTES ? read(real) : undefined
    } catch {
      return undefined
    }
  }
}

function statOf(path: string) {
  try {
    return statSync(path)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function read(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (cause) {
    throw unreadable(path, cause)
  }
}
