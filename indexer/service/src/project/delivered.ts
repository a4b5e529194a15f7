/** Whether what a conclusion brought was sent at once, as the flags of its row tell: it was held, or its transfer failed. */
import type { Row } from '../decode/events.ts'

export function delivered(rows: readonly Row[]): (number: number, owed: { back: bigint }) => boolean {
  const flags = new Map(rows.map((row) => [row.number, row.flags]))
  return (number, { back }) => {
    const told = flags.get(number)
    return back > 0n ? told?.held === false : told?.prizePaid === true
  }
}
