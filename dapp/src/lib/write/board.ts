/** Opened labels, and files of them, by the sdk's own reader and writers; loaded on demand. */
import { exportLabels, type Format, type Labels, type Method, readLabels } from '@stellartrain/sdk/labels'
import { type Opened, openedOf } from '../board/opened.ts'
import { system } from './system.ts'

export type { Format, Labels, Method, Opened }

export type Read = { labels: Labels; opened: Opened }

/** @throws UserError `not_opened` */
export async function readBoard(challenge: number, method: Method): Promise<Read> {
  const labels = await readLabels(system(), challenge)
  return { labels, opened: openedOf(labels, method) }
}

export async function exportBoard({ labels, opened }: Read, method: Method, format: Format) {
  const gateway = system().gateways[0] ?? 'https://ipfs.io'
  return exportLabels({ labels, items: opened.items, method, gateway }, format)
}
