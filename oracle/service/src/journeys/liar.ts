/** An oracle that is no program of ours and votes whatever a test wants. */
import type { Keypair } from '@stellar/stellar-sdk'
import { acceptChallenge, invoke, postScores, registerOracle, type Vote } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { cidToChain, generateAgeKey } from '@stellartrain/ipfs-content'
import { NOWHERE } from './files.ts'
import type { World } from './world.ts'

export type Liar = {
  address: string
  keypair: Keypair
  /** Takes a challenge on as soon as it has a key. */
  accept(challenge: number): Promise<void>
  vote(
    challenge: number,
    solver: Keypair,
    vote: Partial<Vote> & Pick<Vote, 'verdict'>,
    options?: { settle: boolean },
  ): Promise<void>
}

export async function startLiar({ chain, person, state }: World): Promise<Liar> {
  const keypair = await person()
  const address = keypair.publicKey()
  const { key } = await generateAgeKey()
  const nowhere = cidToChain(NOWHERE)
  const quick = { pollMs: 50 }
  // The address answers to nobody, at once.
  const url = 'http://127.0.0.1:9'
  await invoke(chain, registerOracle({ oracle: address, key, url, metadata: nowhere }), keypair, quick)
  return {
    address,
    keypair,
    async accept(challenge) {
      const made = await until(async () => (await state(challenge)).key, { what: 'the challenge key' })
      const call = acceptChallenge({ oracle: address, challenge, key: made, shares: new Uint8Array() })
      await invoke(chain, call, keypair, quick)
    },
    async vote(challenge, solver, vote, { settle } = { settle: false }) {
      const nothing = { reason: 0, score: 0n, content_hash: new Uint8Array(32), units: 0, hold: false }
      const votes = [{ solver: solver.publicKey(), attempt: 1, ...nothing, ...vote }]
      await invoke(chain, postScores({ oracle: address, challenge, report: nowhere, votes, settle }), keypair, quick)
    },
  }
}
