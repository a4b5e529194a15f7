/** A challenge's judge where it is a jury: read from the ledger when a page needs it, for it brings the Stellar SDK along. */
import type { JurorVote, Jury } from '@stellartrain/sdk/jury'
import { createTask, type Task } from './task.ts'
import type { Challenge, Submission } from './types.ts'

export type { JurorVote, Jury }

/** A judge or a gate that is a contract; an account is known by its address alone. */
export const asContract = (address: string | undefined | null): string | undefined =>
  address?.startsWith('C') ? address : undefined

/** Null inside where the judge is a contract of another kind. */
export const createJury = (challenge: () => Challenge): Task<{ jury: Jury | null }> =>
  createTask(
    () => asContract(challenge().judge?.address),
    async (address) => ({ jury: await (await import('./write/beside.ts')).juryOf(address) }),
  )

export type JurorVotes = ReadonlyMap<number, readonly JurorVote[]>

/** `moment` changes when they are to be read again. */
export const createJurorVotes = (
  jury: () => Jury | null | undefined,
  challenge: () => Challenge,
  submissions: () => readonly Submission[],
  moment: () => unknown = () => 0,
): Task<JurorVotes> =>
  createTask(
    () => {
      const found = jury()
      return found && submissions().length > 0
        ? { jury: found, challenge: challenge(), submissions: submissions(), moment: moment() }
        : undefined
    },
    async (of) => (await import('./write/beside.ts')).jurorVotes(of.jury, of.challenge, of.submissions),
  )
