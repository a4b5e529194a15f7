/**
 * Where an RPC's account of the storage cannot be true of the events that are here: the contract removes no entry and takes back no
 * count. It is an RPC that leaves entries out, is behind, or lies; its entries replace nothing.
 */
import type { ChallengeRow, SubmissionRow } from '../project/model.ts'
import type { World } from '../project/world.ts'
import { submissionsOf } from './compare.ts'
import type { StoredChallenge } from './stored.ts'

/**
 * Only what an event says by itself counts: where others are missing, what the rules make of the rest may be more than the truth.
 *
 * @param world what the events come to as far as they add up
 * @returns the first one, in words; null: none
 */
export function contradiction(world: World, stored: StoredChallenge): string | null {
  const row = world.challenges.get(stored.id)
  if (!row) return null
  return countedLess(row, stored) ?? missingOf(submissionsOf(world, stored.id), stored)
}

function countedLess(row: ChallengeRow, { state, earnings }: StoredChallenge): string | null {
  const { facts } = row
  const counts: [string, number | bigint, number | bigint][] = [
    ['submitted', facts.submitted, state.submitted],
    ['claimed', row.claimed, earnings.claimed],
    ['cancelled', Number(facts.cancelled), Number(state.cancelled)],
  ]
  const less = counts.find(([, told, said]) => said < told)
  return less ? `${less[0]}: events come to ${less[1]}, the entries say ${less[2]}` : null
}

function missingOf(rows: readonly SubmissionRow[], { submissions }: StoredChallenge): string | null {
  const there = new Set(submissions.flatMap(({ submission }) => (submission ? [submission.number] : [])))
  const missing = rows.find(({ facts }) => !there.has(facts.number))
  return missing ? `submission ${missing.facts.number}: events name it, there is no entry` : null
}
