/**
 * The canonical forms of what has no columns. Integers and texts as in `canonical.ts`:
 *
 * | bytes | what |
 * |---|---|
 * | `u32` | version: 3 for a file (a model, an image), 4 for nested labels (spans, boxes) |
 * | | 3: the file's bytes. 4: the JSON of RFC 8785, in UTF-8, of the array of all items in the order of their ids' UTF-8 bytes |
 * | only where units are paid per labeler: text | the labeler's address |
 */

import { compareUtf8, utf8 } from '../csv/utf8.ts'
import { createWriter, type Sink } from './canonicalwriter.ts'
import { canonicalJson, type Json } from './json.ts'

export const FILE_CANONICAL_VERSION = 3
export const NESTED_CANONICAL_VERSION = 4

/** The form of a file, from its bytes in any pieces. */
export function writeFile(pieces: Iterable<Uint8Array>, sink: Sink, labeler?: string): void {
  const out = createWriter(sink)
  out.u32(FILE_CANONICAL_VERSION)
  for (const piece of pieces) out.copy(piece, 0, piece.length)
  if (labeler !== undefined) out.text(utf8(labeler))
  out.flush()
}

/** One item and what is labeled in it. */
export type NestedItem = { readonly id: string; readonly [key: string]: Json }

/** The form of nested labels. Throws `TypeError` for what JSON cannot hold and for two items of one id, which have no order. */
export function writeNested(items: readonly NestedItem[], sink: Sink, labeler?: string): void {
  const sorted = [...items].sort((a, b) => compareUtf8(a.id, b.id))
  sorted.forEach((item, i) => {
    if (item.id === sorted[i + 1]?.id) throw new TypeError('Two items have the same id.')
  })
  const json = utf8(canonicalJson(sorted))
  const out = createWriter(sink)
  out.u32(NESTED_CANONICAL_VERSION)
  out.copy(json, 0, json.length)
  if (labeler !== undefined) out.text(utf8(labeler))
  out.flush()
}
