/** Why a payload is not public, and whether it will be: what the manifest promises against who has opened what. */

import { Verdict } from '@stellartrain/contracts-client'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { partOf } from '../system/counted.ts'
import type { Outlook } from './check.ts'

/** Who has opened the truth so far. Each of the oracles and the maker may, once. */
export type Openers = { opened: number; oracles: number }

export function whyNotPublic(
  { opens }: Pick<Manifest, 'opens'>,
  { verdict, won, paysUnits }: { verdict: Verdict; won: boolean; paysUnits: boolean },
  openers: Openers,
): { note: string; outlook: Outlook } {
  if (opens.submissions === 'none') return never('This challenge publishes no submissions.')
  // What oracles promise is to open what they scored: nothing else has a content hash to compare a file with.
  if (verdict !== Verdict.Scored && verdict !== Verdict.Pending) return never('Only scored submissions are published.')
  if (opens.submissions === 'winning' && !won && !paysUnits)
    return never('This challenge publishes winning submissions only.')
  const { opened, oracles } = openers
  if (opened < oracles)
    return {
      outlook: 'later',
      note: `So far ${partOf(opened, oracles, 'oracle', { verb: ['has', 'have'] })} published what the manifest promises.`,
    }
  return never('The manifest promises to publish it, and no oracle did.')
}

const never = (note: string) => ({ note, outlook: 'never' as const })
