/** What the contract would send for a submission now: its own rule, over our rows. */
import type { Kysely, Selectable } from 'kysely'
import { owedTo } from '../../project/owed.ts'
import type { Database, SubmissionsTable } from '../../store/database.ts'
import { readChallenge, readPlace, readSubmission } from '../../store/load.ts'

export async function readOwed(db: Kysely<Database>, row: Selectable<SubmissionsTable>, now: number): Promise<bigint> {
  const [found, places] = await Promise.all([
    db.selectFrom('challenges').selectAll().where('id', '=', row.challenge).executeTakeFirst(),
    db.selectFrom('boards').selectAll().where('challenge', '=', row.challenge).orderBy('place').execute(),
  ])
  if (!found) return 0n
  const challenge = { ...readChallenge(found), board: places.map(readPlace) }
  return owedTo(challenge, readSubmission(row), now)
}
