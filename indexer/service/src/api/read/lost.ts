/** Whether what has no row here may exist all the same. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import type { Freshness } from '../context.ts'

/**
 * Whether events that the contract emitted may be missing: ledgers were lost, this index began after the contract, or nobody has
 * compared it with the contract yet. The contract counts its challenges, but neither its oracles nor its transactions.
 */
export async function mayLackEvents(db: Kysely<Database>, { whole }: Pick<Freshness, 'whole'>): Promise<boolean> {
  if (!whole) return true
  // Keys that were read from the contract's storage have no transaction.
  const { rows } = await sql<{ lost: SqlBool }>`
    select exists(select from gaps) or exists(select from oracle_keys where tx = '') as lost`.execute(db)
  return rows[0]?.lost === true
}
