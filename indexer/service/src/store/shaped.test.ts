/** A statement that is built once brings each request's own rows: values never stay behind, and no shape answers for another. */
import { expect, test } from 'vitest'
import { createIndexerDatabase } from '../testing/database.ts'
import { readShaped } from './shaped.ts'

test('one text, other values; another text where other values are given', async () => {
  const database = await createIndexerDatabase()
  const { db } = database
  try {
    for (const from of [10, 20, 30]) {
      await db
        .insertInto('gaps')
        .values({ from_ledger: from, to_ledger: from + 5, reason: 'lost' })
        .execute()
    }
    let built = 0
    const read = async (values: { from?: number | undefined; limit: number }) => {
      const rows = await readShaped(db, 'gaps', values, ({ from, limit }) => {
        built += 1
        const query = db.selectFrom('gaps').select('from_ledger').where('reason', '=', 'lost').orderBy('from_ledger')
        return (from === undefined ? query : query.where('from_ledger', '>=', from)).limit(limit)
      })
      return rows.map((row) => row.from_ledger)
    }
    expect(await read({ from: 20, limit: 5 })).toEqual([20, 30])
    expect(await read({ from: 30, limit: 5 })).toEqual([30])
    expect(await read({ from: 0, limit: 1 })).toEqual([10])
    expect(built).toBe(1)
    expect(await read({ from: undefined, limit: 2 })).toEqual([10, 20])
    expect(built).toBe(2)
  } finally {
    await database.drop()
  }
})
