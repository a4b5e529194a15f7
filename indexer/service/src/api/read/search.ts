/** Challenges by the words of their manifests: beginnings of words, words with a letter wrong, and numbers. */
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../store/database.ts'

/** Over `challenges as c` and their `manifests as m`. `fit`: SQL, the larger the better; null: the newest come first. */
export type Found = { fits: RawBuilder<SqlBool>; fit: string | null }

const NOTHING: Found = { fits: sql<SqlBool>`false`, fit: null }

/** Of a word and the words of a text, 0 to 1; a letter wrong in seven leaves about a half. */
const ALIKE = 0.45
const MOST_WORDS = 10
/** Of more manifests than these none is told to fit better than another: for that, each of them would have to be read. */
export const MOST_RANKED = 1_000

/** @param q what a person typed; without a letter or digit in it nothing fits */
export async function searchFor(db: Kysely<Database>, q: string): Promise<Found> {
  // One of its own: letters that a text search does not know would match everything.
  const words = (q.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS)
  if (words.length === 0) return NOTHING
  const number = /^#?(\d{1,9})$/.exec(q.trim())?.[1] ?? null
  const prefixes = words.map((word) => `${word}:*`).join(' & ')
  const forgiving = await forgives(db)
  const speaks = (manifest: 'f' | 'm') => {
    const alike = words.map((word) => sql`${word} <% ${sql.ref(`${manifest}.search`)}`)
    const similar = forgiving ? sql`or (${sql.join(alike, sql` and `)})` : sql``
    return sql<SqlBool>`(${sql.ref(`${manifest}.words`)} @@ to_tsquery('simple', ${prefixes}) ${similar})`
  }
  const named = sql<SqlBool>`c.id = ${number}::bigint`
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from (select from manifests f where f.state = 'known' and ${speaks('f')} limit ${MOST_RANKED + 1}) r`.execute(
    db,
  )
  // Common words: a list finds challenges that have them soon, by its own order. A number is then what it names, if it says so.
  if (counted.rows[0]!.n > MOST_RANKED) {
    return {
      fits: q.trim().startsWith('#') && number !== null ? named : sql<SqlBool>`(${speaks('m')} or ${named})`,
      fit: null,
    }
  }
  const ids = sql`select c2.id from challenges c2 where c2.manifest in (
      select f.cid from manifests f where f.state = 'known' and ${speaks('f')})
    union all select id from challenges where id = ${number}::bigint`
  // Letters and digits alone: nothing in them ends a literal.
  const rank = `ts_rank(coalesce(m.words, ''), to_tsquery('simple', '${prefixes}'))`
  const similar = forgiving ? ` + word_similarity('${words.join(' ')}', coalesce(m.search, ''))` : ''
  const exact = number === null ? '' : ` + (c.id = ${Number(number)})::int * 10`
  return { fits: sql<SqlBool>`c.id in (${ids})`, fit: `(1000000 * (${rank}${similar}${exact}))::bigint` }
}

/** Whether this database compares words by their trigrams; then sets how alike they must be, until the end of the transaction. */
async function forgives(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ found: string | null }>`
    select case when to_regproc('word_similarity') is not null
      then set_config('pg_trgm.word_similarity_threshold', ${String(ALIKE)}, true) end as found`.execute(db)
  return (rows[0]?.found ?? null) !== null
}
