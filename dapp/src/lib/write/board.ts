/** Opened labels, and files of them, by the sdk's own reader and writers; loaded on demand. */
import { exportLabels, type Format, identityIn, type Labels, type Method, readLabels } from '@stellartrain/sdk/labels'
import { type Opened, openedOf } from '../board/opened.ts'
import { system } from './system.ts'

export type { Format, Labels, Method, Opened }

export type Read = { labels: Labels; opened: Opened }

/** @param key the file of the key that opens the labels @throws UserError `not_opened`, `bad_input` */
export async function readBoard(challenge: number, method: Method, key?: File): Promise<Read> {
  const identity = key && identityIn(new Uint8Array(await key.arrayBuffer()))
  const labels = await readLabels(system(), challenge, { identity })
  return { labels, opened: openedOf(labels, method) }
}

export async function exportBoard({ labels, opened }: Read, method: Method, format: Format) {
  const gateway = system().gateways[0] ?? 'https://ipfs.io'
  return exportLabels({ labels, items: opened.items, method, gateway }, format)
}
