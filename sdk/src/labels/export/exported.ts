/** What every format writes: the labels with their consensus. */
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import { itemLink } from '@stellartrain/ipfs-content/labeling'
import { UserError } from '../../system/problems.ts'
import type { AgreedItem, Method } from '../consensus.ts'
import type { Labels } from '../votes.ts'

export type Exported = {
  labels: Labels
  items: readonly AgreedItem[]
  method: Method
  /** Where files can be loaded by their CID, such as https://ipfs.io. */
  gateway: string
}

/** An address that other programs can load; what is no link stays as it is. */
export function addressOf(cell: string, gateway: string): string {
  try {
    const link = itemLink(cell)
    // Who has the labels has the items; a gateway has the sealed file alone.
    if ('key' in link) return cell
    return 'cid' in link ? endpoint(gateway, `/ipfs/${link.cid}`) : link.url
  } catch {
    return cell
  }
}

/** The item's image in pixels. @throws UserError `bad_input` where the item file does not say it */
export function sizeOf({ labels }: Exported, id: string): { width: number; height: number } {
  const { answer } = labels.task
  const size = answer.kind === 'boxes' || answer.kind === 'polygons' ? answer.size : undefined
  const item = labels.items.get(id)
  const [width, height] = [Number(item?.[size?.width ?? '']), Number(item?.[size?.height ?? ''])]
  if (width > 0 && height > 0 && Number.isFinite(width * height)) return { width, height }
  throw new UserError(
    'bad_input',
    `This format needs the sizes of the images, and the task names no columns for them (or item ${id} has none): export csv or jsonl.`,
  )
}

/** @throws UserError `bad_input` for answers that a format does not have */
export function onlyFor(format: string, labels: Labels, kinds: readonly string[]): void {
  const { kind } = labels.task.answer
  if (!kinds.includes(kind))
    throw new UserError(
      'bad_input',
      `The format ${format} is for ${kinds.join(' and ')}, and these answers are ${kind}.`,
    )
}
