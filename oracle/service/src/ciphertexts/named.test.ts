/** Who hands a file over right after its submission is not turned away because this oracle saw the ledger a moment later. */
import { expect, test } from 'vitest'
import type { Challenge } from '../chain/challenge.ts'
import { challengeOf } from '../voting/challenge.fixture.ts'
import { createNamed } from './named.ts'

test('it waits for the ledger, takes only what it accepted, and stops with the oracle', async () => {
  const stop = new AbortController()
  let known: Challenge[] = [challengeOf(1, [], { accepted: [0] })]
  const named = createNamed(() => known, stop.signal)
  const asked = named('bafy')
  known = [...known, challengeOf(2)]
  expect((await asked)?.id).toBe(2)
  known = []
  const waiting = named('bafy')
  stop.abort()
  await expect(waiting).rejects.toThrow()
})

test('those who ask for what nobody submitted keep nobody away', async () => {
  const stop = new AbortController()
  const challenge = challengeOf(1)
  const named = createNamed((cid) => (cid === 'there' ? [challenge] : []), stop.signal)
  const crowd = Array.from({ length: 64 }, () => named('nowhere').catch(() => undefined))
  expect(await named('nowhere')).toBeUndefined()
  expect(await named('there')).toBe(challenge)
  stop.abort()
  await Promise.all(crowd)
})
