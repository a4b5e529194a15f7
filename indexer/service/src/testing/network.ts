/** An indexer on a real local network with the built contract, and people who act on it in one line each. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import { postScores, type Vote } from '@stellartrain/contracts-client'
import { cidOf, type Fixture, startFixture } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { startIndexer } from '../indexer.ts'
import type { Difference } from '../verify/compare.ts'
import { verify } from '../verify/verify.ts'
import { askContract } from './answers.ts'
import { createIndexerDatabase } from './database.ts'
import { readStatus } from './status.ts'
import { withClient } from './tables.ts'

export type Network = Fixture & {
  apiUrl: string
  dbUrl: string
  vote(challenge: number, oracle: Keypair, votes: Vote[], settle?: boolean): Promise<void>
  /** Until the index knows the newest ledger. */
  caughtUp(): Promise<void>
  /** The API's answer. */
  get<T>(path: string): Promise<T>
  /** What the tables have otherwise than the contract's storage, and the rules otherwise than the contract's answers. */
  differences(): Promise<Difference[]>
}

/** @param options `through`: what the indexer takes for the RPC, given the real one */
export async function startNetwork(
  options: { pageLimit?: number; through?: (rpcUrl: string) => Promise<string> } = {},
): Promise<Network> {
  const { through = async (rpcUrl) => rpcUrl, pageLimit = 100 } = options
  const fixture = await startFixture()
  const { net, chain } = fixture
  const database = await createIndexerDatabase()
  const indexer = await startIndexer({
    dbUrl: database.url,
    rpcUrls: [await through(net.rpcUrl)],
    network: net.passphrase,
    contract: chain.network.contract,
    idleMs: 40,
    // Tests compare by themselves, and damage tables that nobody is to repair.
    verify: false,
    pageLimit,
  })

  async function caughtUp(): Promise<void> {
    const { sequence } = net.ledger()
    await until(async () => (await readStatus(indexer))._meta.ledger >= sequence, {
      what: `the index to know ledger ${sequence}`,
    })
  }

  return {
    ...fixture,
    apiUrl: indexer.url,
    dbUrl: database.url,
    challenge: (maker, oracles, change, money) => fixture.challenge(maker, oracles, { ...TERMS, ...change }, money),
    vote(challenge, oracle, votes, settle = true) {
      const call = { oracle: oracle.publicKey(), challenge, report: cidOf(3), votes, settle }
      return fixture.act(postScores(call), oracle)
    },
    caughtUp,
    async get<T>(path: string) {
      return (await (await fetch(`${indexer.url}${path}`)).json()) as T
    },
    async differences() {
      const look = () => withClient(database.url, (client) => verify(client, chain, { answers: askContract(chain) }))
      for (let tries = 3; ; tries--) {
        // The contract answers for the second in which it is asked: a ledger has to close in the same one.
        await net.warp(0)
        await caughtUp()
        const found = await look()
        if (found.length === 0 || tries === 0) return found
      }
    },
    async close() {
      await indexer.stop()
      await database.drop()
      await fixture.close()
    },
  }
}

/** Every term at work: more than one winner, and deposits. */
const TERMS = {
  payout: { tag: 'Bounty', values: [{ reward: 50_0000000n, winners: 2 }] },
  deposit: 5_000_000n,
} as const
