/** What is known about the opening of a challenge's truth, in words. Whoever opens it is not believed: `verify` compares. Pure. */
import { mayReveal } from '@stellartrain/contracts-client/rules'
import type { Manifest } from '../content/manifest.ts'
import type { Challenge } from '../read/types.ts'
import { shorten } from './format.ts'

export type TruthWords = { kind: 'risk' | 'note'; text: string }
type Facts = Pick<Challenge, 'maker' | 'opensTruth' | 'reveals' | 'phase'>

export const openedBy = (by: string, maker: string): string => (by === maker ? 'the maker' : `oracle ${shorten(by)}`)

/** What the published files suffice for; nothing while the manifest, which names them, is not known. */
export function recomputable(submissions: Manifest['opens']['submissions'] | undefined): string {
  switch (submissions) {
    case 'all':
      return 'anyone can recompute every score'
    case 'winning':
      return 'anyone can recompute the winning scores'
    case 'none':
      return 'solvers can recompute the scores of their own files'
    default:
      return ''
  }
}

export function truthWords({ maker, opensTruth, reveals, phase }: Facts, opens?: Manifest['opens']): TruthWords {
  const purpose = recomputable(opens?.submissions)
  if (reveals.length > 0) {
    const who = [...new Set(reveals.map(({ by }) => openedBy(by, maker)))].join(', ')
    return {
      kind: 'note',
      text: `Published as the opened truth by ${who}. This page does not check it; npx stellartrain verify compares it with the commitment${purpose && `; if they match, ${purpose}`}.`,
    }
  }
  if (!opensTruth) return { kind: 'risk', text: 'The truth stays closed: scores cannot be recomputed.' }
  if (mayReveal(phase, { opensTruth }))
    return { kind: 'risk', text: 'The truth was promised to be opened after the end, and has not been opened yet.' }
  return {
    kind: 'note',
    text: `The maker promises to open the truth after the end${purpose && `; then ${purpose}`}.`,
  }
}
