/** What was opened to a judge that grades, and what it computed, as the API shows it. */
import type { Kysely } from 'kysely'
import type { Database } from '../../store/database.ts'
import type { ChallengeRecount, SubmissionRecount } from '../types.ts'
import { score, time } from '../views/values.ts'

/** Whether this judge is the contract that grades whose events are indexed; of others nothing is known here. */
export async function followsRecount(db: Kysely<Database>, judge: string | undefined): Promise<boolean> {
  const row = await db.selectFrom('sync').select('recount').executeTakeFirst()
  return judge !== undefined && row?.recount === judge
}

/** @param upTo the last ledger that counts; null: now */
export async function recountOfChallenge(
  db: Kysely<Database>,
  challenge: number,
  upTo: number | null,
): Promise<ChallengeRecount | null> {
  const id = String(challenge)
  const openings = await db
    .selectFrom('recount_openings')
    .select(['kind', 'rows', 'complete', 'at', 'tx'])
    .where('challenge', '=', id)
    .where('kind', 'in', ['configured', 'truth'])
    .where('ledger', '<=', upTo ?? LAST)
    .orderBy('event_id')
    .execute()
  const configured = openings.find(({ kind }) => kind === 'configured')
  if (!configured) return null
  const truth = openings.filter(({ kind }) => kind === 'truth')
  const last = truth.at(-1)
  const { works } = await db
    .selectFrom('recounts')
    .select(({ fn }) => fn.countAll<string>().as('works'))
    .where('challenge', '=', id)
    .where('ledger', '<=', upTo ?? LAST)
    .executeTakeFirstOrThrow()
  return {
    configuredAt: time(Number(configured.at)),
    configuredTx: configured.tx,
    truth: last
      ? {
          chunks: truth.length,
          rows: Number(last.rows),
          complete: truth.some(({ complete }) => complete),
          at: time(Number(last.at)),
          tx: last.tx,
        }
      : null,
    recounted: Number(works),
  }
}

export async function recountOfSubmission(
  db: Kysely<Database>,
  { challenge, solver, attempt }: { challenge: number; solver: string; attempt: number },
  upTo: number | null,
): Promise<SubmissionRecount | null> {
  const opened = await db
    .selectFrom('recount_openings')
    .select(['rows', 'at', 'tx'])
    .where('challenge', '=', String(challenge))
    .where('kind', '=', 'work')
    .where('solver', '=', solver)
    .where('attempt', '=', String(attempt))
    .where('ledger', '<=', upTo ?? LAST)
    .orderBy('event_id')
    .execute()
  const said = await db
    .selectFrom('recounts')
    .selectAll()
    .where('challenge', '=', String(challenge))
    .where('solver', '=', solver)
    .where('attempt', '=', String(attempt))
    .where('ledger', '<=', upTo ?? LAST)
    .executeTakeFirst()
  const last = opened.at(-1)
  if (!last && !said) return null
  return {
    chunks: opened.length,
    rows: Number(last?.rows ?? 0),
    result: said
      ? {
          score: score(BigInt(said.score)),
          privateScore: score(BigInt(said.private)),
          contentHash: said.content_hash,
          copied: said.copied,
          at: time(Number(said.at)),
          tx: said.tx,
        }
      : null,
  }
}

const LAST = 2_147_483_647
