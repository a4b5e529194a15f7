/** The JSON that the database writes is what the columns say. */
import { expect, test } from 'vitest'
import { createTestApi } from '../../testing/api.ts'
import { randomHistory } from '../../testing/history.ts'
import { withClient } from '../../testing/tables.ts'
import { eventList, eventView, storedView } from './events.ts'

test('an event of the archive is the same as JSON and by its columns, decoded or not, whenever it happened', async () => {
  const api = await createTestApi(randomHistory({ challenges: 6, submissions: 10, records: true, seed: 3 }))
  try {
    const { db } = api.deps
    await withClient(api.database.url, async (client) => {
      await client.query("update events set data = null where type = 'submitted'")
      await client.query("update events set closed_at = -9e12 where type = 'challenge_created'")
      await client.query("update events set closed_at = 9e15 where type = 'challenge_accepted'")
    })
    const stored = await db.selectFrom('events').selectAll().orderBy('id').execute()
    const listed = await eventList(db, { order: 'oldest' }).rows({ after: null, back: false, limit: stored.length })
    expect(listed.map(eventView)).toEqual(stored.map(storedView))
    const times = new Set(listed.map((row) => eventView(row).closedAt))
    expect([...times]).toEqual(expect.arrayContaining(['1970-01-01T00:00:00.000Z', '9999-12-31T23:59:59.000Z']))
  } finally {
    await api.close()
  }
})
