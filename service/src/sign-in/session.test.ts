/** Sessions end when they said they would. */
import { expect, it } from 'vitest'
import { deriveKeys } from './keys.ts'
import { createSessions } from './session.ts'

it('a token is good for an hour and not a second longer', async () => {
  let now = new Date('2026-11-22T12:00:00Z')
  const sessions = createSessions(deriveKeys('0123456789abcdef'.repeat(4), 'test'), ['localhost'], () => now)
  const token = await sessions.issue({
    account: 'GABC',
    homeDomain: 'localhost',
    hash: 'ab',
    issued: now.getTime() / 1000,
  })
  now = new Date('2026-11-22T12:59:59Z')
  expect(await sessions.accountOf(`Bearer ${token}`)).toBe('GABC')
  now = new Date('2026-11-22T13:00:01Z')
  await expect(sessions.accountOf(`Bearer ${token}`)).rejects.toMatchObject({
    code: 'signed_out',
    message: expect.stringContaining('ended'),
  })
})
