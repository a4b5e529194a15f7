/** A real local network with the built contract on it, and people who act on it in one line each. */

import { Asset, Keypair } from '@stellar/stellar-sdk/base'
import {
  type ArgsOf,
  acceptChallenge,
  type Call,
  type Chain,
  type Cid,
  connect,
  createChallenge,
  Direction,
  deployAssetContract,
  deployContract,
  fundWithFriendbot,
  invoke,
  postScores,
  promisedPrize,
  readClock,
  registerOracle,
  submit,
  type Terms,
  Verdict,
  type Vote,
} from '@stellartrain/contracts-client'
import { readContractWasm } from '@stellartrain/contracts-client/wasm'
import { type Devnet, type DevnetOptions, startDevnet } from '@stellartrain/devnet'

export type Network = {
  net: Devnet
  chain: Chain
  person(): Promise<Keypair>
  oracle(): Promise<Keypair>
  act<T>(call: Call<T>, who: Keypair): Promise<T>
  /** Created and accepted by all. `prize` is needed where the rule does not say it. */
  challenge(maker: Keypair, oracles: Keypair[], terms?: Partial<Terms>, prize?: bigint): Promise<number>
  submit(challenge: number, solver: Keypair, attempt?: number, units?: number): Promise<number>
  vote(challenge: number, oracle: Keypair, votes: Vote[], settle?: boolean): Promise<void>
  close(): Promise<void>
}

export async function startNetwork(options: DevnetOptions = {}): Promise<Network> {
  const net = await startDevnet({ interval: 'auto', timeBounds: 'ledger', ...options })
  const { passphrase, rpcUrl, friendbotUrl } = net
  const bare = connect({ name: 'local', passphrase, rpcUrl, contract: '', friendbotUrl })
  const quick = { pollMs: 20 }
  const person = async () => {
    const pair = Keypair.random()
    await fundWithFriendbot(bare, pair.publicKey())
    return pair
  }
  const deployer = await person()
  const wasm = await readContractWasm()
  const { contract } = await deployContract(bare, { wasm, minPatience: 5, signer: deployer, ...quick })
  const chain = connect({ ...bare.network, contract })
  const token = await deployAssetContract(chain, Asset.native(), deployer, quick)
  const act = async <T>(call: Call<T>, who: Keypair): Promise<T> => (await invoke(chain, call, who, quick)).returnValue

  return {
    net,
    chain,
    person,
    act,
    async oracle() {
      const pair = await person()
      const oracle = pair.publicKey()
      await act(
        registerOracle({ oracle, key: pair.rawPublicKey(), url: 'http://localhost:4100', metadata: someCid(1) }),
        pair,
      )
      return pair
    },
    async challenge(maker, oracles, change = {}, prize) {
      const now = BigInt((await readClock(chain)).closedAt)
      const terms: Terms = {
        token,
        payout: { tag: 'Bounty', values: [{ reward: 50_0000000n, winners: 2 }] },
        oracles: oracles.map((oracle) => oracle.publicKey()),
        quorum: Math.floor(oracles.length / 2) + 1,
        oracle_fee: 1_000n,
        deposit: 5_000_000n,
        threshold: 9_000_000n,
        direction: Direction.Maximize,
        step: 1_000n,
        opens: now,
        accept_by: now + 3_600n,
        deadline: now + 7_200n,
        patience: 60n,
        grade_by: now + 14_400n,
        silence_share: 5_000,
        attempts: 10,
        attempts_per_day: 10,
        opens_truth: true,
        manifest: someCid(2),
        ...change,
      }
      const id = await act(
        createChallenge({
          maker: maker.publicKey(),
          terms,
          prize: prize ?? promisedPrize(terms.payout)!,
          fee_budget: 100_0000000n,
        }),
        maker,
      )
      for (const oracle of oracles) await act(acceptChallenge({ oracle: oracle.publicKey(), challenge: id }), oracle)
      return id
    },
    submit(challenge, solver, attempt = 1, units = 0) {
      const args: ArgsOf<'submit'> = {
        ...{ solver: solver.publicKey(), challenge, attempt, cid: someCid(100 + attempt), units, carry: 0n },
      }
      return act(submit(args), solver)
    },
    vote(challenge, oracle, votes, settle = true) {
      return act(postScores({ oracle: oracle.publicKey(), challenge, report: someCid(3), votes, settle }), oracle)
    },
    close: () => net.close(),
  }
}

export function someCid(seed: number): Cid {
  return { codec: 0x55, digest: Uint8Array.from({ length: 32 }, (_, index) => (seed * 31 + index) & 0xff) }
}

const NOTHING = new Uint8Array(32)

/** Equal seeds are equal contents. */
export function scored(solver: Keypair, score: bigint, seed: number, change: Partial<Vote> = {}): Vote {
  const { digest } = someCid(seed)
  const vote = {
    solver: solver.publicKey(),
    attempt: 1,
    verdict: Verdict.Scored,
    reason: 0,
    score,
    content_hash: digest,
  }
  return { ...vote, units: 0, hold: false, ...change }
}

export function rejected(solver: Keypair, reason: number, change: Partial<Vote> = {}): Vote {
  return scored(solver, 0n, 0, { verdict: Verdict.Rejected, reason, content_hash: NOTHING, ...change })
}

export function unavailable(solver: Keypair, change: Partial<Vote> = {}): Vote {
  return scored(solver, 0n, 0, { verdict: Verdict.Unavailable, content_hash: NOTHING, ...change })
}
