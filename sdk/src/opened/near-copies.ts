/** Which opened submissions of different solvers resemble each other more than honest work does, computed again from public data. */

import type { CopiesAcross, Misfit, NearCopies, NearCopy } from '@stellartrain/oracle-grade'
import type { StellarTrain } from '../system/client.ts'
import { counted } from '../system/counted.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { type Compared, openComparison } from './compared-entries.ts'

/** How many of the opened submissions of a challenge were compared. */
export type ComparedOf = {
  compared: number
  opened: number
  /** Not compared, because there are too many files or bytes, or because running one more model could take more steps than all of them may. */
  leftOut: NearCopies['leftOut'] & { bytes: number }
}

type Pair = NearCopy & { solvers: readonly [string, string] }

export type FoundCopies = ComparedOf & { pairs: Pair[] }

/** Of two challenges: the first number and solver of a pair are of the first one. */
export type FoundAcross = Pick<CopiesAcross, 'shared' | 'rows' | 'morePairs'> & {
  challenges: readonly [ComparedOf & { challenge: number }, ComparedOf & { challenge: number }]
  pairs: Pair[]
}

/** Files of so many bytes are compared, the lowest numbers first. */
const MOST_BYTES = 256 * 1024 * 1024

/** @throws UserError `not_found` before the truth is open, `rule_not_supported` where batches of labels are paid */
export async function findNearCopies(
  client: StellarTrain,
  challenge: number,
  options: AbortOptions = {},
): Promise<FoundCopies> {
  const { nearCopies } = await import('@stellartrain/oracle-grade')
  const { task, truth, fetchEntries } = await openComparison(client, challenge, options)
  const found = await fetchEntries(MOST_BYTES)
  const { pairs, ...count } = nearCopies(task, truth, found.entries)
  return { ...countOf(found, count), pairs: pairs.map((pair) => named(pair, found, found)) }
}

/**
 * Between two challenges that ask for the same columns of the same rows, or of some rows that both have. Each has half of the bytes and steps.
 * @throws UserError `not_found` before both truths are open, `rule_not_supported` where batches of labels are paid, `not_comparable`
 */
export async function findCopiesAcross(
  client: StellarTrain,
  challenges: readonly [number, number],
  options: AbortOptions = {},
): Promise<FoundAcross> {
  const { commonOf, copiesAcross, LEAST_SHARED } = await import('@stellartrain/oracle-grade')
  const one = await openComparison(client, challenges[0], options)
  const other = await openComparison(client, challenges[1], options)
  const common = commonOf(one, other)
  if ('misfit' in common) throw notComparable(challenges, common, LEAST_SHARED)
  const mine = await one.fetchEntries(MOST_BYTES / 2)
  const theirs = await other.fetchEntries(MOST_BYTES / 2)
  const found = copiesAcross({ ...one, ...mine }, { ...other, ...theirs }, common)
  const { shared, rows, morePairs } = found
  return {
    ...{ shared, rows, morePairs },
    challenges: [
      { challenge: challenges[0], ...countOf(mine, found.one) },
      { challenge: challenges[1], ...countOf(theirs, found.other) },
    ],
    pairs: found.pairs.map((pair) => named(pair, mine, theirs)),
  }
}

function notComparable([one, other]: readonly [number, number], found: Misfit, least: number): UserError {
  const why =
    found.misfit === 'columns'
      ? 'their files or truths have other columns. Compare challenges that ask for the same columns.'
      : `they have ${found.shared === 0 ? 'no ids' : counted(found.shared, 'id')} in common. Compare challenges that share at least ${least} ids.`
  return new UserError('not_comparable', `Submissions of the challenges ${one} and ${other} cannot be compared: ${why}`)
}

/** What was not fetched is left out, too. */
const countOf = (
  { opened, leftOut }: Compared,
  { compared, leftOut: { files, steps } }: Pick<NearCopies, 'compared' | 'leftOut'>,
): ComparedOf => ({ compared, opened, leftOut: { files: files + leftOut.files, steps, bytes: leftOut.bytes } })

function named({ numbers, ...pair }: NearCopy, one: Compared, other: Compared): Pair {
  return { ...pair, numbers, solvers: [one.solverOf(numbers[0]), other.solverOf(numbers[1])] }
}
