/** A fresh ledger with the built contract on it and funded people, for tests. */
import { Asset, Keypair, Operation } from '@stellar/stellar-sdk/base'
import { type Devnet, type DevnetOptions, startDevnet } from '@stellartrain/devnet'
import { readContractWasm } from '../deploy/wasm.ts'
import {
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
  promisedPrize,
  readClock,
  registerOracle,
  sendOperations,
  submit,
  type Terms,
  Verdict,
  type Vote,
} from '../index.ts'

export type Fixture = {
  net: Devnet
  chain: Chain
  /** The native asset's contract. */
  xlm: string
  /** A funded account. */
  person(): Promise<Keypair>
  people(count: number): Promise<Keypair[]>
  /** Registers a new oracle. */
  oracle(): Promise<Keypair>
  /** An issued asset with its contract; `give` opens a trustline and pays. */
  asset(code: string): Promise<IssuedAsset>
  /** Terms of a bounty of 50 XLM for a score of 0.9, open now. */
  terms(oracles: Keypair[], overrides?: Partial<Terms>): Promise<Terms>
  /** Sends a call and waits for what it returns. */
  act<T>(call: Call<T>, who: Keypair): Promise<T>
  /** Creates a challenge and has all its oracles accept it. `prize` is for payout rules that do not say it. */
  challenge(
    maker: Keypair,
    oracles: Keypair[],
    terms?: Partial<Terms>,
    money?: { prize?: bigint; feeBudget?: bigint },
  ): Promise<number>
  submit(challenge: number, solver: Keypair, attempt?: number, units?: number): Promise<number>
  close(): Promise<void>
}

export type IssuedAsset = {
  asset: Asset
  contract: string
  issuer: Keypair
  trust(holder: Keypair): Promise<void>
  untrust(holder: Keypair): Promise<void>
  give(holder: Keypair, amount: string): Promise<void>
}

export async function startFixture(options: DevnetOptions = {}): Promise<Fixture> {
  const net = await startDevnet({ interval: 'auto', timeBounds: 'ledger', ...options })
  const bare = connect({
    name: 'local',
    passphrase: net.passphrase,
    rpcUrl: net.rpcUrl,
    contract: '',
    friendbotUrl: net.friendbotUrl,
  })
  const quick = { pollMs: 20 }
  const person = async () => {
    const pair = Keypair.random()
    await fundWithFriendbot(bare, pair.publicKey())
    return pair
  }
  const deployer = await person()
  const { contract } = await deployContract(bare, {
    wasm: await readContractWasm(),
    minPatience: 5,
    minWindow: 5,
    signer: deployer,
    ...quick,
  })
  const chain = connect({ ...bare.network, contract })
  const xlm = await deployAssetContract(chain, Asset.native(), deployer, quick)
  const act = async <T>(call: Call<T>, who: Keypair): Promise<T> => (await invoke(chain, call, who, quick)).returnValue

  const fixture: Fixture = {
    net,
    chain,
    xlm,
    person,
    people: (count) => Promise.all(Array.from({ length: count }, person)),
    act,
    async oracle() {
      const pair = await person()
      const call = registerOracle({
        oracle: pair.publicKey(),
        key: pair.rawPublicKey(),
        url: 'http://localhost:4100',
        metadata: cidOf(1),
      })
      await act(call, pair)
      return pair
    },
    async asset(code) {
      const issuer = await person()
      const asset = new Asset(code, issuer.publicKey())
      const change = (limit: string) => Operation.changeTrust({ asset, limit })
      const trust = async (holder: Keypair) => {
        await sendOperations(chain, [change('900000000000')], holder, quick)
      }
      return {
        asset,
        issuer,
        contract: await deployAssetContract(chain, asset, issuer, quick),
        trust,
        async untrust(holder) {
          await sendOperations(chain, [change('0')], holder, quick)
        },
        async give(holder, amount) {
          await trust(holder)
          const payment = Operation.payment({ destination: holder.publicKey(), asset, amount })
          await sendOperations(chain, [payment], issuer, quick)
        },
      }
    },
    async terms(oracles, overrides = {}) {
      const now = BigInt((await readClock(chain)).closedAt)
      return {
        token: xlm,
        payout: { tag: 'Bounty', values: [{ reward: 50_0000000n, winners: 1 }] },
        oracles: oracles.map((oracle) => oracle.publicKey()),
        oracle_fee: 1000n,
        deposit: 0n,
        threshold: 9_000_000n,
        direction: Direction.Maximize,
        step: 1_000n,
        opens: now,
        accept_by: now + 3_600n,
        deadline: now + 7_200n,
        patience: 60n,
        grade_by: now + 14_400n,
        judge: null,
        gate: null,
        unique_content: true,
        truth: cidOf(3).digest,
        attempts: 10,
        attempts_per_day: 10,
        opens_truth: true,
        manifest: cidOf(2),
        ...overrides,
      }
    },
    async challenge(maker, oracles, overrides = {}, { prize, feeBudget = 100_0000000n } = {}) {
      const terms = await fixture.terms(oracles, overrides)
      const call = createChallenge({
        maker: maker.publicKey(),
        terms,
        prize: prize ?? promisedPrize(terms.payout) ?? 1_000_0000000n,
        fee_budget: feeBudget,
      })
      const challenge = await act(call, maker)
      for (const [place, oracle] of oracles.entries()) {
        const shares = place === 0 ? Uint8Array.of(1) : new Uint8Array()
        await act(acceptChallenge({ oracle: oracle.publicKey(), challenge, key: CHALLENGE_KEY, shares }), oracle)
      }
      return challenge
    },
    submit(challenge, solver, attempt = 1, units = 0) {
      const work = { cid: cidOf(100 + attempt), commitment: NOTHING, units, carry: 0n }
      return act(submit({ solver: solver.publicKey(), challenge, attempt, ...work }), solver)
    },
    close: () => net.close(),
  }
  return fixture
}

/** A key that nobody holds: submissions of these tests are never opened. */
export const CHALLENGE_KEY = Uint8Array.from({ length: 32 }, (_, index) => 255 - index)

/** A content id that is nobody's file. */
export function cidOf(seed: number): Cid {
  return { codec: 0x55, digest: Uint8Array.from({ length: 32 }, (_, index) => (seed * 31 + index) & 0xff) }
}

/** A vote for a score, in units; equal seeds are equal contents. */
export function scoredVote(solver: Keypair, score: bigint, seed: number, change: Partial<Vote> = {}): Vote {
  return {
    solver: solver.publicKey(),
    attempt: 1,
    verdict: Verdict.Scored,
    reason: 0,
    score,
    content_hash: cidOf(seed).digest,
    units: 0,
    hold: false,
    ...change,
  }
}

export function rejectedVote(solver: Keypair, reason: number, change: Partial<Vote> = {}): Vote {
  return scoredVote(solver, 0n, 0, { verdict: Verdict.Rejected, reason, content_hash: NOTHING, ...change })
}

export function unavailableVote(solver: Keypair, change: Partial<Vote> = {}): Vote {
  return scoredVote(solver, 0n, 0, { verdict: Verdict.Unavailable, content_hash: NOTHING, ...change })
}

const NOTHING = new Uint8Array(32)
