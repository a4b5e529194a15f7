/** Files of private items: sealed one by one, before they are put on IPFS; the items, which are sealed too, name them with their keys. */
import { computeCid } from '@stellartrain/ipfs-content/import'
import { sealMedia } from '@stellartrain/ipfs-content/sealed-media'
import { UserError } from '../system/problems.ts'
import type { LinkedFile } from './link.ts'
import type { Source } from './source.ts'

/** @throws UserError `bad_input` for examples that show such a file: they are published with the task */
export async function withSealedMedia<S extends Pick<Source, 'table' | 'task' | 'media'>>(source: S): Promise<S> {
  const { table, task, media } = source
  if (media.length === 0) return source
  const columns = task.show.filter(({ as }) => as !== 'text').map(({ column }) => column)
  const plain = (cell: string) => cell.replace(/^ipfs:\/\//, '')
  const cids = new Set(media.map(({ cid }) => cid))
  for (const { item } of task.instructions?.examples ?? [])
    if (columns.some((column) => cids.has(plain(item[column] ?? ''))))
      throw new UserError(
        'bad_input',
        'An example shows a file of an item. Examples are published, and these items are private: leave such examples out, or let everyone see the items.',
      )
  const links = new Map<string, string>()
  const sealed: LinkedFile[] = []
  for (const { bytes, cid } of media) {
    const file = await sealMedia(bytes)
    const link = await computeCid(file.sealed)
    links.set(cid, `ipfs://${link}#key=${file.key}`)
    // A name says what is in a file.
    sealed.push({ name: `${link}.sealed`, bytes: file.sealed, cid: link })
  }
  const at = new Set(columns.map((column) => table.header.indexOf(column)))
  const rows = table.rows.map((row) => row.map((cell, place) => (at.has(place) && links.get(plain(cell))) || cell))
  return { ...source, table: { ...table, rows }, media: sealed }
}
