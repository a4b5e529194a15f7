/** Oracles whose votes a test casts itself, beside the oracle service: they agree with it, contradict it, or stay silent. */
import type { Keypair } from '@stellar/stellar-sdk'
import {
  acceptChallenge,
  type Cid,
  postScores,
  registerOracle,
  type Submission,
  Verdict,
  type Vote,
  type VoteRecord,
  view,
  views,
} from '@stellartrain/contracts-client'
import { cidOf, type Fixture, rejectedVote, unavailableVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'

export type Named = { challenge: number; solver: Keypair; attempt: number }

export type Hands = {
  keys: readonly Keypair[]
  /** Accepts for all of them once the service, which the terms name first, has made the challenge key. */
  accept(challenge: number): Promise<void>
  /** Votes as the service did, once it has. */
  agree(one: Keypair, work: Named): Promise<void>
  reject(one: Keypair, work: Named): Promise<void>
  /** From one patience after the submission on. */
  unavailable(one: Keypair, work: Named): Promise<void>
}

/** The report of a vote by hand; no one reads it. */
const REPORT: Cid = cidOf(77)
const WRONG_ROW = 32

/** `url`: of the oracle service, which takes sealed files for all of them. */
export async function hands(fixture: Fixture, count: number, url: string): Promise<Hands> {
  const { chain, act } = fixture
  const keys = await fixture.people(count)
  for (const key of keys) {
    const call = registerOracle({ oracle: key.publicKey(), key: key.rawPublicKey(), url, metadata: cidOf(1) })
    await act(call, key)
  }
  const post = async (one: Keypair, challenge: number, vote: Vote) => {
    const call = postScores({ oracle: one.publicKey(), challenge, report: REPORT, votes: [vote], settle: true })
    await act(call, one)
  }
  const change = ({ attempt }: Named) => ({ attempt })
  return {
    keys,
    async accept(challenge) {
      const state = () => view(chain, views.state({ challenge }))
      const key = await until(async () => (await state()).key, { what: `the key of challenge ${challenge}` })
      for (const one of keys) {
        const args = { oracle: one.publicKey(), challenge, key, shares: new Uint8Array() }
        await act(acceptChallenge(args), one)
      }
    },
    async agree(one, work) {
      const vote = await until(async () => voteOf(await read(fixture, work)), { what: 'the vote of the service' })
      const { verdict, reason, score, content_hash, units } = vote
      await post(one, work.challenge, {
        ...{ solver: work.solver.publicKey(), attempt: work.attempt, hold: false },
        ...{ verdict, reason, score, content_hash, units },
      })
    },
    reject: (one, work) => post(one, work.challenge, rejectedVote(work.solver, WRONG_ROW, change(work))),
    unavailable: (one, work) => post(one, work.challenge, unavailableVote(work.solver, change(work))),
  }
}

const read = ({ chain }: Fixture, { challenge, solver, attempt }: Named): Promise<Submission> =>
  view(chain, views.submission({ challenge, solver: solver.publicKey(), attempt }))

/** What the service, the first oracle of the terms, has graded. */
const voteOf = ({ votes }: Submission): VoteRecord | undefined =>
  votes.find(({ by, verdict }) => by === 0 && verdict !== Verdict.Unavailable)
