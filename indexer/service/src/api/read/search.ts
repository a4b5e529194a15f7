/** Challenges by the words of their manifests: beginnings of words, words with a letter wrong, and numbers. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../store/database.ts'

/** `ids`: a query of those that fit. `fit`: SQL over `manifests as m`, the larger the better. */
export type Found = { ids: RawBuilder<unknown>; fit: string }

const NOTHING: Found = { ids: sql`select id from challenges where false`, fit: '0::bigint' }

/** Of a word and the words of a text, 0 to 1; a letter wrong in seven leaves about a half. */
const ALIKE = 0.45
const MOST_WORDS = 10

/** @param q what a person typed; without a letter or digit in it nothing fits */
export async function searchFor(db: Kysely<Database>, q: string): Promise<Found> {
  // One of its own: letters that a text search does not know would match everything.
  const words = (q.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS)
  if (words.length === 0) return NOTHING
  const number = /^#?(\d{1,9})$/.exec(q.trim())?.[1] ?? null
  const prefixes = words.map((word) => `${word}:*`).join(' & ')
  const forgiving = await forgives(db)
  const alike = forgiving
    ? sql`or (${sql.join(
        words.map((word) => sql`${word} <% f.search`),
        sql` and `,
      )})`
    : sql``
  const ids = sql`select c2.id from challenges c2 where c2.manifest in (
      select f.cid from manifests f where f.state = 'known' and (f.words @@ to_tsquery('simple', ${prefixes}) ${alike}))
    union all select id from challenges where id = ${number}::bigint`
  // Letters and digits alone: nothing in them ends a literal.
  const rank = `ts_rank(coalesce(m.words, ''), to_tsquery('simple', '${prefixes}'))`
  const similar = forgiving ? ` + word_similarity('${words.join(' ')}', coalesce(m.search, ''))` : ''
  const named = number === null ? '' : ` + (c.id = ${Number(number)})::int * 10`
  return { ids, fit: `(1000000 * (${rank}${similar}${named}))::bigint` }
}

/** Whether this database compares words by their trigrams; then sets how alike they must be, until the end of the transaction. */
async function forgives(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ found: string | null }>`
    select case when to_regproc('word_similarity') is not null
      then set_config('pg_trgm.word_similarity_threshold', ${String(ALIKE)}, true) end as found`.execute(db)
  return (rows[0]?.found ?? null) !== null
}
