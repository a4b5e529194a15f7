/** What the ledger says of the connected account here: which attempt is next, or what is in the way, and whether that can change. */
import { createMemo } from 'solid-js'
import { createTask } from '../reactive/task.ts'
import { accountVersion, wallet } from '../wallet/session.ts'
import { inWords, type Words } from '../words/errors.ts'

/** The sdk's answer, as far as the page shows it. */
export type StandingTerms = {
  attempt: number
  attemptsLeft: number
  attemptsLeftToday: number
  deposit: bigint
  carry: bigint
}

export type Standing =
  | { at: 'unknown' }
  | { at: 'clear'; terms: StandingTerms }
  /** A rule of this challenge: no form is worth filling in. */
  | { at: 'barred'; code: string; words: Words }
  /** Funds, a trustline or the network: it may be put right. */
  | { at: 'held'; code: string; words: Words }

const RULES = new Set([
  ...['conflict_of_interest', 'already_won', 'no_attempts_left', 'too_late', 'not_open', 'not_admitted'],
])

export function standingFrom(error: unknown): Standing {
  const code = String((error as { code?: unknown }).code ?? '')
  return { at: RULES.has(code) ? 'barred' : 'held', code, words: inWords(error) }
}

/**
 * Read anew when `version` or anything about the account changes; meanwhile what was known stays.
 * @param ask what the ledger says, unless somebody else knows
 */
export function createStanding(
  challenge: () => number,
  version: () => number,
  ask: (challenge: number, address: string) => Promise<StandingTerms> = async (id, address) =>
    (await import('../write/submit.ts')).standingOf(id, address),
): () => Standing {
  const read = createTask(
    () => {
      const address = wallet()?.address
      return address ? { address, id: challenge(), version: version() + accountVersion() } : undefined
    },
    async ({ address, id }): Promise<{ address: string; standing: Standing }> => {
      try {
        const terms = await ask(id, address)
        return { address, standing: { at: 'clear', terms } }
      } catch (error) {
        return { address, standing: standingFrom(error) }
      }
    },
  )
  const last = createMemo<{ address: string; standing: Standing } | undefined>((before) => {
    const now = read.value()
    if (now) return now
    return before?.address === wallet()?.address ? before : undefined
  })
  return () => last()?.standing ?? { at: 'unknown' }
}
