/** The frozen half of a challenge in the form that rows have. */
import { cidToString } from '@stellartrain/contracts-client/cid'
import type { EventBodies } from '@stellartrain/contracts-client/events'
import { termsOf as ruleTerms } from '@stellartrain/contracts-client/facts'
import { toHex } from '@stellartrain/contracts-client/hex'
import type { Terms } from './events.ts'

/** @throws TypeError, RangeError */
export function termsOf(from: EventBodies['challenge_created']['terms']): Terms {
  const terms = ruleTerms(from)
  return {
    ...terms,
    judge: terms.judge ?? null,
    token: from.token,
    gate: from.gate ?? null,
    truth: toHex(from.truth),
    manifest: cidToString(from.manifest),
  }
}
