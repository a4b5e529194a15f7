/** What a cell of an item file links to, where a column is shown as image or audio. */
import { isCid } from '../encoding/cid.ts'
import { ContentError } from '../errors.ts'
import { MEDIA_KEY } from './sealed-media.ts'

/** `key`: of a file that is sealed, as those of private items are. */
export type ItemLink = { cid: string; key?: string } | { url: string }

const LINK_MAX = 2_048

/**
 * A cell is the CID of a file, `ipfs://CID`, `ipfs://CID#key=KEY` of a sealed one, or an address `https://…` without user or password. Nothing
 * else is ever loaded.
 * @throws ContentError `bad_link`
 */
export function itemLink(cell: string): ItemLink {
  const cid = cell.startsWith('ipfs://') ? cell.slice('ipfs://'.length) : cell
  if (isCid(cid)) return { cid }
  const [named = '', key = ''] = cell.startsWith('ipfs://') ? cid.split('#key=') : []
  if (isCid(named) && MEDIA_KEY.test(key) && cid.length === named.length + key.length + 5) return { cid: named, key }
  const url = cell.startsWith('https://') && cell.length <= LINK_MAX ? URL.parse(cell) : null
  if (url && url.protocol === 'https:' && url.username === '' && url.password === '') return { url: url.href }
  throw new ContentError('bad_link', 'The item links to nothing that can be shown: use https://…, ipfs://CID or a CID.')
}
