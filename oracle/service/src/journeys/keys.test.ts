/** The challenge key: made by the first oracle, opened by the others from the ledger, and refused where it is another than it says. */
import type { Keypair } from '@stellar/stellar-sdk'
import { acceptChallenge, invoke, registerOracle, stored, Verdict, view, views } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { cidToChain, generateAgeKey, openShares, sealShares } from '@stellartrain/ipfs-content'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIdentity } from '../challenge-files/identity.ts'
import type { RunningOracle } from '../oracle.ts'
import { predictions } from './data.ts'
import { NOWHERE } from './files.ts'
import { startWorld, statusOf, untilRefused, type World } from './world.ts'

let world: World
const operators: Keypair[] = []
const oracles: RunningOracle[] = []

beforeAll(async () => {
  world = await startWorld()
  for (let count = 0; count < 3; count++) {
    const operator = await world.person()
    operators.push(operator)
    oracles.push(await world.oracle(operator.secret()))
  }
})
afterAll(() => world?.close())

const addresses = () => oracles.map(({ address }) => address)
const identityOf = (operator: Keypair) =>
  createIdentity(operator.secret(), { networkPassphrase: world.devnet.passphrase, contract: world.contract })

test('three oracles accept with one key, which each of them opens from the shares on the ledger', async () => {
  const id = await world.challenge({ oracles: addresses() })
  await world.accepted(id)
  const { key, accepted } = await world.state(id)
  expect(accepted).toEqual([1, 1, 1])
  const shares = (await stored.shares(world.chain, id))!
  const expected = { ...world.place, challenge: id, key: key! }
  const opened = await Promise.all(
    operators.map(async (operator) =>
      openShares({ shares, expected, identity: (await identityOf(operator).ageKey(1)).identity }),
    ),
  )
  expect(new Set(opened.map(({ identity }) => identity)).size).toBe(1)
  const events = (await world.events()).filter((event) => event.type === 'challenge_accepted' && event.challenge === id)
  expect(events[0]).toMatchObject({ oracle: oracles[0]!.address })
})

test('each challenge has a key of its own', async () => {
  const ids = [await world.challenge({ oracles: addresses() }), await world.challenge({ oracles: addresses() })]
  for (const id of ids) await world.accepted(id)
  const [one, two] = await Promise.all(ids.map((id) => world.state(id)))
  expect(one!.key).not.toEqual(two!.key)
})

/** An oracle that is no program of ours: registered, and first in the list. */
async function stranger(): Promise<Keypair> {
  const person = await world.person()
  const { key } = await generateAgeKey()
  const args = { oracle: person.publicKey(), key, url: 'http://127.0.0.1:9', metadata: cidToChain(NOWHERE) }
  await invoke(world.chain, registerOracle(args), person, { pollMs: 50 })
  return person
}

test.each(['other_key', 'not_a_recipient', 'other_challenge', 'not_sealed'] as const)(
  'an oracle does not accept where the first one published shares that are wrong: %s',
  async (wrong) => {
    const first = await stranger()
    const id = await world.challenge({ oracles: [first.publicKey(), oracles[1]!.address, oracles[2]!.address] })
    const [real, other] = [await generateAgeKey(), await generateAgeKey()]
    const registered = await Promise.all(
      [1, 2].map(
        async (place) =>
          (await view(world.chain, views.oracleKey({ oracle: oracles[place]!.address, version: 1 }))).key,
      ),
    )
    const challenge = wrong === 'other_challenge' ? id + 1 : id
    const sealed = await sealShares({
      identity: (wrong === 'other_key' ? other : real).identity,
      place: { ...world.place, challenge },
      oracleKeys: wrong === 'not_a_recipient' ? [other.key] : registered,
    })
    const shares = wrong === 'not_sealed' ? new Uint8Array(300) : sealed
    const call = acceptChallenge({ oracle: first.publicKey(), challenge: id, key: real.key, shares })
    await invoke(world.chain, call, first, { pollMs: 50 })
    expect(await untilRefused(oracles[1]!, id)).toMatchObject({ code: wrong })
    expect((await world.state(id)).accepted).toEqual([1, 0, 0])
  },
)

test('the others wait for the key, and say nothing while they wait', async () => {
  const first = await stranger()
  const id = await world.challenge({ oracles: [first.publicKey(), oracles[1]!.address, oracles[2]!.address] })
  const later = await world.challenge({ oracles: addresses() })
  await world.accepted(later)
  const { retrying, refused } = await statusOf(oracles[1]!)
  expect(retrying).toEqual([])
  expect(refused.some(({ challenge }) => challenge === id)).toBe(false)
  expect((await world.state(id)).accepted).toEqual([0, 0, 0])
})

test('an oracle on a new machine, with another key registered meanwhile, reads the challenge key from the ledger', async () => {
  const operator = await world.person()
  const before = await world.oracle(operator.secret())
  const id = await world.challenge({ oracles: [oracles[0]!.address, before.address, oracles[2]!.address] })
  await world.accepted(id)
  await before.close()
  await oracles[2]!.close()
  const after = await world.oracle(operator.secret(), { publicUrl: 'http://127.0.0.1:9' })
  await until(async () => (await statusOf(after)).keyVersion === 2, { what: 'the new key' })
  const solver = await world.person()
  await world.enter(id, solver, await world.seal(id, solver, predictions(1)))
  await world.concluded(id, 1)
  expect((await world.submission(id, solver)).verdict).toBe(Verdict.Scored)
})
