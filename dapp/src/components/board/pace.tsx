/** How fast labels are accepted, what that spends, and when all of them will be there. */
import type { JSX } from 'solid-js'
import type { Running } from '../../lib/board/running.ts'
import { formatCount } from '../../lib/words/format.ts'
import { Time } from '../ui/time.tsx'

/** @param spending of so many labels, in words */
export function paceOf(forecast: Running['forecast'], spending?: (labels: number) => string): JSX.Element {
  if (!forecast) return 'no label was accepted in the last day'
  const perHour = Math.round(forecast.perHour)
  const pace = `${formatCount(perHour, 'label')} an hour${spending ? `, ${spending(perHour)}` : ''}`
  if (forecast.doneAt === null) return pace
  return (
    <>
      {pace}: all are there <Time at={forecast.doneAt} />
    </>
  )
}
