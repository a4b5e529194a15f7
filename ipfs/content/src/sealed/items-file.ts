/** Private items as they are uploaded: sealed to every oracle and to the key of the maker, and bound to the maker (docs/formats.md, 5). */

import type { TruthPlace } from '../encoding/network.ts'
import { checkDocument } from '../json/fields.ts'
import { computeCid } from '../unixfs/import.ts'
import { ageDecrypt, ageEncrypt } from './age.ts'
import { itemsHeader, pack, unpack } from './container.ts'
import { checkMaker } from './truth-file.ts'

export type ItemsFile = { sealed: Uint8Array<ArrayBuffer>; cid: string }

/**
 * @param options.recipients `age1…` of each oracle, and the key to which the labels are sealed
 * @throws ContentError `bad_container`, `bad_key`
 */
export async function sealItemsFile(options: {
  csv: Uint8Array
  place: TruthPlace
  recipients: readonly string[]
}): Promise<ItemsFile> {
  const { csv, recipients } = options
  const { network, contract, maker } = options.place
  const header = { format: 'stellartrain/items', version: 1, network, contract, maker, bytes: csv.length }
  checkDocument(itemsHeader, header, { code: 'bad_container', name: 'envelope' })
  const sealed = await ageEncrypt(pack(header, csv), recipients)
  return { sealed, cid: await computeCid(sealed) }
}

/**
 * @param options.identities `AGE-SECRET-KEY-1…`
 * @throws ContentError `not_sealed`, `not_a_recipient`, `bad_container`, `other_network`, `other_contract`, `other_maker`
 */
export async function openItemsFile(options: {
  sealed: Uint8Array
  expected: TruthPlace
  identities: readonly string[]
}): Promise<Uint8Array<ArrayBuffer>> {
  const { header, payload } = unpack(await ageDecrypt(options.sealed, options.identities), itemsHeader)
  checkMaker('file of the items', header, options.expected)
  return payload
}
