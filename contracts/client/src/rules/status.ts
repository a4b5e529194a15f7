/** The numbers of statuses, on the wire and in storage. They never change. */
import type { Standing } from './facts.ts'

export type StatusName = Standing['status']

export const STATUS: Readonly<Record<StatusName, number>> = {
  pending: 0,
  scored: 1,
  rejected: 2,
  unavailable: 3,
  unsettled: 4,
  void: 5,
}

const NAMES: readonly StatusName[] = ['pending', 'scored', 'rejected', 'unavailable', 'unsettled', 'void']

/** The name of a status number. @throws RangeError for a number that no status has */
export function statusName(number: number): StatusName {
  const name = NAMES[number]
  if (!name) throw new RangeError(`no status has the number ${number}`)
  return name
}
