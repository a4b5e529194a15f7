/** The contracts beside a challenge, read from the ledger: a jury with its votes, a gate and whom it admits; loaded on demand. */
import { gateKnownWords, gradingWords, juryWords } from '@stellartrain/sdk/contract-words'
import { admits, readGate } from '@stellartrain/sdk/gate'
import { type JurorVote, type Jury, readJurorVotes, readJury } from '@stellartrain/sdk/jury'
import { readGrading } from '@stellartrain/sdk/recount'
import type { Challenge, Submission } from '../read/types.ts'
import { config } from '../site/config.ts'
import { system } from './system.ts'

export type { JurorVote, Jury }

export const juryOf = (address: string): Promise<Jury | null> => readJury(system(), address)

/** @param followed whether the index has what a judge that grades is told */
export async function describeJudge(address: string, followed: boolean): Promise<string> {
  const here = config().contract
  const grading = await readGrading(system(), address)
  return grading === null ? juryWords(await juryOf(address), here) : gradingWords(grading, here, followed)
}

/** `solver`: who is connected, to be told whether it is admitted now. */
export async function describeGate(address: string, solver: string | undefined): Promise<string> {
  const gate = await readGate(system(), address)
  const words = gateKnownWords(gate)
  if (!gate || !solver) return words
  return `${words} ${(await admits(system(), gate, solver)) ? 'It admits you now.' : 'It does not admit you now.'}`
}

/** What jurors voted on these submissions so far, by number; none has an entry that no one voted on. */
export async function jurorVotes(
  jury: Jury,
  challenge: Pick<Challenge, 'id'>,
  submissions: readonly Pick<Submission, 'number' | 'solver' | 'attempt'>[],
): Promise<ReadonlyMap<number, JurorVote[]>> {
  const read = submissions.map(async ({ number, solver, attempt }) => {
    const votes = await readJurorVotes(system(), jury, { challenge: challenge.id, solver, attempt })
    return [number, votes] as const
  })
  return new Map((await Promise.all(read)).filter(([, votes]) => votes.length > 0))
}
