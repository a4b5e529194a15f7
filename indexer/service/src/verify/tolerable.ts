/** What may differ in a challenge that was recovered: only what is marked as unknown in it. */
import type { ClientBase } from 'pg'

type Named = { field: string; where?: string }

/** Whose votes made a ranking or an epoch, and who claimed, only the lost events said. */
const UNTOLD = /^(rankingVotes|votes)$/

/** @returns whether all of them are within what is marked as unknown */
export async function tolerable(client: ClientBase, id: number, differences: readonly Named[]): Promise<boolean> {
  if (differences.length === 0) return true
  const { rows } = await client.query(
    "select unknown_submissions::float8 as missing from incomplete where challenge = $1 and state = 'recovered'",
    [id],
  )
  const [marked] = rows as { missing: number }[]
  if (!marked) return false
  return differences.every(({ field, where = '' }) => {
    if (UNTOLD.test(field) || where.endsWith(' claimed')) return true
    return marked.missing > 0 && (field === 'submissions' || where.endsWith(' attempts') || field === 'board')
  })
}
