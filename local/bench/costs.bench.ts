/**
 * What each call costs on the public network's settings, beside a plain transfer of the same asset in the same run:
 * instructions, entries and bytes read and written, event bytes, fee in stroops.
 */
import { randomBytes } from 'node:crypto'
import { Address, Asset, Keypair, nativeToScVal, Operation } from '@stellar/stellar-sdk'
import {
  acceptChallenge,
  type Chain,
  type Cid,
  closeChallenge,
  connect,
  createChallenge,
  Direction,
  deployAssetContract,
  deployContract,
  fundWithFriendbot,
  invoke,
  postScores,
  promisedPrize,
  registerOracle,
  reveal,
  sendOperations,
  submit,
  Verdict,
  type Vote,
  withdrawFees,
} from '@stellartrain/contract'
import { readContractWasm } from '@stellartrain/contract/wasm'
import { type Devnet, startDevnet } from '@stellartrain/devnet'
import { figure } from '../src/figure.ts'

const SOLVERS = 40
const REWARD = 10_000_000n

async function run(net: Devnet): Promise<void> {
  const network = {
    name: 'local',
    passphrase: net.passphrase,
    rpcUrl: net.rpcUrl,
    contract: '',
    friendbotUrl: net.friendbotUrl,
  }
  const bare = connect(network)
  const [maker, oracle] = [Keypair.random(), Keypair.random()]
  const solvers = Array.from({ length: SOLVERS }, () => Keypair.random())
  for (const who of [maker, oracle, ...solvers]) await fundWithFriendbot(bare, who.publicKey())
  const asset = new Asset('USDC', oracle.publicKey())
  const token = await deployAssetContract(bare, asset, oracle)
  for (const who of [maker, ...solvers]) await sendOperations(bare, [Operation.changeTrust({ asset })], who)
  const gifts = [maker, ...solvers].map((who) =>
    Operation.payment({ destination: who.publicKey(), asset, amount: '10000' }),
  )
  await sendOperations(bare, gifts, oracle)
  const { contract } = await deployContract(bare, { wasm: await readContractWasm(), minPatience: 10, signer: maker })
  const chain = connect({ ...network, contract })

  const plain = net.costs(await transfer(chain, token, maker, solvers[0]!))!
  show('plain SAC transfer', plain)
  const calls: [string, string][] = []
  const registered = await invoke(
    chain,
    registerOracle({ oracle: oracle.publicKey(), key: randomBytes(32), url: 'http://localhost:4100', metadata: cid() }),
    oracle,
  )
  calls.push(['register_oracle', registered.hash])
  const agreed = terms(token, oracle)
  const created = await invoke(
    chain,
    createChallenge({
      maker: maker.publicKey(),
      terms: agreed,
      prize: promisedPrize(agreed.payout)!,
      fee_budget: REWARD,
    }),
    maker,
  )
  const challenge = created.returnValue
  calls.push(['create_challenge', created.hash])
  const accepted = await invoke(chain, acceptChallenge({ oracle: oracle.publicKey(), challenge }), oracle)
  calls.push(['accept_challenge', accepted.hash])
  let last = ''
  for (const solver of solvers) {
    const call = submit({ solver: solver.publicKey(), challenge, attempt: 1, cid: cid(), units: 0, carry: 0n })
    last = (await invoke(chain, call, solver)).hash
  }
  calls.push(['submit', last])
  const votes = solvers.map(
    (solver): Vote => ({
      solver: solver.publicKey(),
      attempt: 1,
      verdict: Verdict.Scored,
      reason: 0,
      score: 9_000_000n,
      content_hash: randomBytes(32),
      units: 0,
      hold: false,
    }),
  )
  const batch = postScores({ oracle: oracle.publicKey(), challenge, report: cid(), votes, settle: true })
  const scored = await invoke(chain, batch, oracle)
  const revealed = await invoke(chain, reveal({ revealer: oracle.publicKey(), challenge, truth: cid() }), oracle)
  const withdrawn = await invoke(chain, withdrawFees({ oracle: oracle.publicKey(), challenge }), oracle)
  const closed = await invoke(chain, closeChallenge({ challenge }), solvers[0]!)
  calls.push(['reveal', revealed.hash], ['withdraw_fees', withdrawn.hash], ['close', closed.hash])
  for (const [name, hash] of calls) show(name, net.costs(hash)!, plain)

  const costs = net.costs(scored.hash)!
  show('post_scores of 40', costs)
  const each = { ...costs }
  for (const [key] of KINDS) each[key] = costs[key] / SOLVERS
  show('post_scores of 40, per submission', each, plain)
}

type Costs = NonNullable<ReturnType<Devnet['costs']>>

const KINDS: [keyof Costs, string, string][] = [
  ['instructions', 'instructions', 'instructions'],
  ['readEntries', 'entries read', 'entries'],
  ['readBytes', 'bytes read', 'B'],
  ['writeEntries', 'entries written', 'entries'],
  ['writeBytes', 'bytes written', 'B'],
  ['eventBytes', 'event bytes', 'B'],
  ['fee', 'fee', 'stroops'],
]

function show(name: string, costs: Costs, plain?: Costs): void {
  for (const [key, label, unit] of KINDS) {
    const measured = { bench: 'costs', what: `${name}, ${label}`, ours: costs[key], unit }
    figure(
      measured,
      plain && costs[key] > 0 ? { name: 'plain SAC transfer', value: plain[key], better: 'less' } : undefined,
    )
  }
}

const cid = (): Cid => ({ codec: 0x55, digest: randomBytes(32) })

function terms(token: string, oracle: Keypair) {
  const now = BigInt(Math.floor(Date.now() / 1000))
  return {
    token,
    payout: { tag: 'Bounty' as const, values: [{ reward: REWARD, winners: SOLVERS }] as const },
    oracles: [oracle.publicKey()],
    quorum: 1,
    oracle_fee: 1000n,
    deposit: 1_000_000n,
    threshold: 8_000_000n,
    direction: Direction.Maximize,
    step: 1000n,
    opens: now - 10n,
    accept_by: now + 3600n,
    deadline: now + 3600n,
    patience: 60n,
    grade_by: now + 86_400n,
    silence_share: 5000,
    attempts: 5,
    attempts_per_day: 5,
    opens_truth: true,
    manifest: cid(),
  }
}

/** The reference: the same asset from one account to another, by the same client. */
async function transfer(chain: Chain, token: string, from: Keypair, to: Keypair): Promise<string> {
  const addresses = [from, to].map((who) => new Address(who.publicKey()).toScVal())
  const args = [...addresses, nativeToScVal(REWARD, { type: 'i128' })]
  return (await invoke(chain, { contract: token, method: 'transfer', args, decode: () => null }, from)).hash
}

const net = await startDevnet({ interval: 'auto', settings: 'mainnet' })
try {
  await run(net)
} finally {
  await net.close()
}
