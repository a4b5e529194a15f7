/** A challenge's judge where it is a jury: read from the ledger when a page needs it, for it brings the Stellar SDK along. */
import type { JurorVote, Jury } from '@stellartrain/sdk/jury'
import { createTask, type Task } from '../reactive/task.ts'
import type { Challenge, Submission } from '../read/types.ts'

export type { JurorVote, Jury }

/** A judge or a gate that is a contract; an account is known by its address alone. */
export const asContract = (address: string | undefined | null): string | undefined =>
  address?.startsWith('C') ? address : undefined

/** Null inside where the judge is a contract of another kind. */
export const createJury = (challenge: () => Challenge): Task<{ jury: Jury | null }> =>
  createTask(
    () => asContract(challenge().judge?.address),
    async (address) => ({ jury: await (await import('../write/periphery.ts')).juryOf(address) }),
  )

export type JurorVotes = ReadonlyMap<number, readonly JurorVote[]>

/**
 * `moment` changes when they are to be read again. What is asked is compared as text: clocks and live rows make new objects all the
 * time, and votes that were read anew each second would never be seen.
 */
export const createJurorVotes = (
  jury: () => Jury | null | undefined,
  challenge: () => Challenge,
  submissions: () => readonly Submission[],
  moment: () => number = () => 0,
): Task<JurorVotes> =>
  createTask(
    () => {
      const found = jury()
      const named = submissions().map(({ number, solver, attempt }) => ({ number, solver, attempt }))
      if (!found || named.length === 0) return undefined
      return JSON.stringify({ jury: found, challenge: { id: challenge().id }, submissions: named, moment: moment() })
    },
    async (asked) => {
      const of = JSON.parse(asked) as { jury: Jury; challenge: { id: number }; submissions: Named[] }
      return (await import('../write/periphery.ts')).jurorVotes(of.jury, of.challenge, of.submissions)
    },
  )

type Named = Pick<Submission, 'number' | 'solver' | 'attempt'>
