/** What every call costs on the public network's settings: one scenario on a fresh ledger, the same to the byte each time. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Address, Asset, hash, Keypair, nativeToScVal, Operation, xdr } from '@stellar/stellar-sdk/base'
import { type Devnet, startDevnet } from '@stellartrain/devnet'
import { readContractWasm } from '../deploy/wasm.ts'
import {
  acceptChallenge,
  type Branch,
  type Call,
  type Chain,
  type Cid,
  cancelChallenge,
  claimEarnings,
  closeChallenge,
  connect,
  createChallenge,
  Direction,
  deployAssetContract,
  deployContract,
  extendLifetimes,
  fundWithFriendbot,
  invoke,
  type Payout,
  postEarnings,
  postRanking,
  postScores,
  promisedPrize,
  registerOracle,
  releasePayment,
  reveal,
  rule,
  type Sibling,
  sendOperations,
  settle,
  submit,
  type Terms,
  topUp,
  Verdict,
  type Vote,
  withdrawFees,
} from '../index.ts'

export type Costs = NonNullable<ReturnType<Devnet['costs']>>

/** The plain calls that ours are compared with. */
export const TRANSFER = 'transfer of the asset'
export const ESCROW = 'release of a plain escrow'
/** The call that scores, finalises and pays forty submissions of forty solvers. */
export const FORTY = 'post_scores of 40, all paid'

export const SOLVERS = 40
const REWARD = 10_000_000n
const NOW = 1_800_000_000
const PLAIN_ESCROW = new URL('../../../plain-escrow/plain-escrow.wasm', import.meta.url)
/** Leaves of the tree that a labeler claims from: 14 siblings, as for more than 8,192 labelers. */
const LABELERS = 10_000

export async function measureCosts(): Promise<Map<string, Costs>> {
  const net = await startDevnet({
    interval: 'auto',
    settings: 'mainnet',
    timeBounds: 'ledger',
    seed: 1,
    now: () => NOW,
    passphrase: 'StellarTrain costs',
  })
  try {
    return await measure(net)
  } finally {
    await net.close()
  }
}

async function measure(net: Devnet): Promise<Map<string, Costs>> {
  const costs = new Map<string, Costs>()
  const network = {
    name: 'local',
    passphrase: net.passphrase,
    rpcUrl: net.rpcUrl,
    contract: '',
    friendbotUrl: net.friendbotUrl,
  }
  const bare = connect(network)
  const [maker, issuer, stranger, judge] = [key('maker'), key('issuer'), key('stranger'), key('judge')]
  const oracles = ['first', 'second', 'third'].map((name) => key(`${name} oracle`))
  const solvers = Array.from({ length: SOLVERS }, (_, place) => key(`solver ${place}`))
  for (const who of [maker, issuer, stranger, judge, ...oracles, ...solvers])
    await fundWithFriendbot(bare, who.publicKey())
  const asset = new Asset('USDC', issuer.publicKey())
  const token = await deployAssetContract(bare, asset, issuer)
  const holders = [maker, stranger, ...oracles, ...solvers]
  for (const who of holders) await sendOperations(bare, [Operation.changeTrust({ asset })], who)
  const gifts = holders.map((who) => Operation.payment({ destination: who.publicKey(), asset, amount: '10000' }))
  await sendOperations(bare, gifts, issuer)
  const { contract } = await deployContract(bare, {
    wasm: await readContractWasm(),
    minPatience: 60,
    minWindow: 60,
    signer: maker,
  })
  const chain = connect({ ...network, contract })

  const act = async <T>(call: Call<T>, who: Keypair, name?: string): Promise<T> => {
    const receipt = await invoke(chain, call, who, { pollMs: 10 })
    if (name) costs.set(name, net.costs(receipt.hash)!)
    return receipt.returnValue
  }
  await plainCalls(act, token, maker, stranger)

  for (const [place, oracle] of oracles.entries()) {
    const call = registerOracle({
      oracle: oracle.publicKey(),
      key: bytes(place),
      url: 'https://oracle.example',
      metadata: cid(place),
    })
    await act(call, oracle, place === 0 ? 'register_oracle' : undefined)
  }
  const terms = (payout: Payout, change: Partial<Terms> = {}): Terms => {
    const now = BigInt(net.ledger().closeTime)
    return {
      token,
      payout,
      oracles: oracles.map((oracle) => oracle.publicKey()),
      oracle_fee: 1000n,
      deposit: 1_000_000n,
      threshold: 8_000_000n,
      direction: Direction.Maximize,
      step: 1000n,
      opens: now,
      accept_by: now + 3500n,
      deadline: now + 3600n,
      patience: 60n,
      grade_by: now + 86_400n,
      judge: null,
      gate: null,
      unique_content: true,
      truth: bytes(2),
      attempts: 5,
      attempts_per_day: 5,
      opens_truth: true,
      manifest: cid(1),
      ...change,
    }
  }
  const create = async (agreed: Terms, name?: string): Promise<number> => {
    const prize = promisedPrize(agreed.payout) ?? 1000n * REWARD
    const call = createChallenge({ maker: maker.publicKey(), terms: agreed, prize, fee_budget: REWARD })
    return await act(call, maker, name)
  }
  const open = async (agreed: Terms, name?: string, acceptName?: string): Promise<number> => {
    const challenge = await create(agreed, name)
    for (const address of agreed.oracles) {
      const oracle = oracles.find((one) => one.publicKey() === address)!
      const last = address === agreed.oracles.at(-1)
      // As long as three sealed shares are.
      const shares = address === agreed.oracles[0] ? new Uint8Array(600).fill(1) : new Uint8Array()
      const call = acceptChallenge({ oracle: address, challenge, key: bytes(3), shares })
      await act(call, oracle, last ? acceptName : undefined)
    }
    return challenge
  }
  const hand = (challenge: number, solver: Keypair, units = 0, name?: string) =>
    act(
      submit({
        solver: solver.publicKey(),
        challenge,
        attempt: 1,
        cid: cid(9),
        commitment: bytes(10),
        units,
        carry: 0n,
      }),
      solver,
      name,
    )
  const vote = (solver: Keypair, content: number, change: Partial<Vote> = {}): Vote => ({
    solver: solver.publicKey(),
    attempt: 1,
    verdict: Verdict.Scored,
    reason: 0,
    score: 9_000_000n,
    content_hash: bytes(content),
    units: 0,
    hold: false,
    ...change,
  })
  const post = (challenge: number, oracle: Keypair, votes: Vote[], settled: boolean, name?: string) =>
    act(postScores({ oracle: oracle.publicKey(), challenge, report: cid(8), votes, settle: settled }), oracle, name)

  const bounty = (winners: number): Payout => ({ tag: 'Bounty', values: [{ reward: REWARD, winners }] })
  const [one, two, three] = solvers as [Keypair, Keypair, Keypair, ...Keypair[]]

  const unwanted = await create(terms(bounty(2)), 'create_challenge, bounty')
  await act(cancelChallenge({ challenge: unwanted }), maker, 'cancel')
  const small = await open(terms(bounty(2)), undefined, 'accept_challenge')
  await act(topUp({ from: stranger.publicKey(), challenge: small, escrow: 0n, fees: 5n }), stranger, 'top_up')
  await hand(small, one, 0, 'submit, bounty')
  await hand(small, two)
  await hand(small, three)
  await post(small, oracles[0]!, [vote(one, 1)], false, 'post_scores of 1, vote only')
  await post(small, oracles[1]!, [vote(one, 1)], true, 'post_scores of 1, paid')
  const low = { score: 1n }
  await post(small, oracles[0]!, [vote(two, 2, low)], false)
  await post(small, oracles[1]!, [vote(two, 2, low)], false)
  const second = { solver: two.publicKey(), attempt: 1 }
  await act(settle({ challenge: small, submissions: [{ ...second, hold: false }] }), stranger, 'settle of 1')
  await act(withdrawFees({ oracle: oracles[0]!.publicKey(), challenge: small }), stranger, 'withdraw_fees')
  await act(extendLifetimes({ challenge: small, submissions: [second] }), stranger, 'extend, 1 submission')
  const ranked = await open(
    terms({ tag: 'Ranked', values: [{ prizes: Array.from({ length: SOLVERS }, () => REWARD) }] }),
    'create_challenge, ranking of 40 prizes',
  )
  for (const solver of solvers) await hand(ranked, solver, 0, solver === one ? 'submit, ranking' : undefined)
  const scores = solvers.map((solver, place) => vote(solver, place, { score: 9_000_000n + BigInt(place) * 1000n }))
  await post(ranked, oracles[0]!, scores, false)
  await post(ranked, oracles[1]!, scores, true, 'post_scores of 40, into the running table')
  const units = await open(
    terms({ tag: 'PerUnit', values: [{ rate: 100n, max_units: 1000 }] }),
    'create_challenge, pay per unit',
  )
  await hand(units, one, 500, 'submit, batch of labels')
  await post(units, oracles[0]!, [vote(one, 1, { units: 480 })], false)
  await post(units, oracles[1]!, [vote(one, 1, { units: 480 })], true, 'post_scores of 1, paid per unit')
  const earned = await open(
    terms({ tag: 'Earnings', values: undefined }, { deposit: 0n }),
    'create_challenge, earnings',
  )
  await claims(chain, act, earned, oracles, one, stranger)

  const full = await open(terms(bounty(SOLVERS), { oracles: [oracles[0]!.publicKey()] }))
  const shared = await open(terms(bounty(SOLVERS)))
  const judge_by = BigInt(net.ledger().closeTime) + 10n * 86_400n
  const judged = await open(terms(bounty(SOLVERS), { judge: { address: judge.publicKey(), judge_by } }))
  for (const solver of solvers) {
    await hand(full, solver)
    await hand(shared, solver)
    await hand(judged, solver)
  }
  const votes = solvers.map((solver, place) => vote(solver, place))
  await post(full, oracles[0]!, votes, true, FORTY)
  await post(shared, oracles[0]!, votes, false, 'post_scores of 40, votes only')
  await post(shared, oracles[1]!, votes, true, 'post_scores of 40, all paid by the second oracle')
  await act(
    extendLifetimes({
      challenge: full,
      submissions: solvers.map((solver) => ({ solver: solver.publicKey(), attempt: 1 })),
    }),
    stranger,
    'extend, 40 submissions',
  )

  await net.warp(3_600)
  const rows = [...scores].reverse().map(({ solver, attempt, score }) => ({ solver, attempt, score }))
  for (const oracle of oracles.slice(0, 2)) {
    const call = postRanking({ by: oracle.publicKey(), challenge: ranked, report: cid(8), rows })
    await act(call, oracle, oracle === oracles[1] ? 'post_ranking of 40' : undefined)
  }
  const best = { challenge: ranked, solver: rows[0]!.solver, attempt: 1 }
  await act(releasePayment(best), stranger, 'release_payment, prize of a ranking')
  await net.warp(86_400)
  await act(reveal({ revealer: maker.publicKey(), challenge: ranked, truth: cid(4) }), maker, 'reveal')
  const ballots = solvers.map((solver, place) => vote(solver, place))
  const call = rule({ judge: judge.publicKey(), challenge: judged, report: cid(8), ballots })
  await act(call, judge, 'rule of 40')
  const silent = { challenge: small, solver: three.publicKey(), attempt: 1 }
  await act(releasePayment(silent), stranger, 'release_payment, deposit of a submission without a verdict')
  await act(closeChallenge({ challenge: small }), stranger, 'close')
  return costs
}

type Act = <T>(call: Call<T>, who: Keypair, name?: string) => Promise<T>

/** A transfer between two accounts, and a release by a contract that does nothing else. */
async function plainCalls(act: Act, token: string, from: Keypair, to: Keypair): Promise<void> {
  const decode = () => null
  const [payer, receiver] = [from, to].map((who) => new Address(who.publicKey()).toScVal()) as [xdr.ScVal, xdr.ScVal]
  const amount = nativeToScVal(REWARD, { type: 'i128' })
  await act({ contract: token, method: 'transfer', args: [payer, receiver, amount], decode }, from, TRANSFER)

  const wasm = new Uint8Array(await readFile(PLAIN_ESCROW))
  await act(
    { method: 'upload', args: [], host: xdr.HostFunction.hostFunctionTypeUploadContractWasm(wasm), decode },
    from,
  )
  const operation = Operation.createCustomContract({
    address: new Address(from.publicKey()),
    wasmHash: hash(wasm),
    salt: bytes(7),
  })
  const body = operation.body
  if (body.type !== 'invokeHostFunction') throw new Error('a contract is created by another operation')
  const host = body.invokeHostFunctionOp.hostFunction
  let escrow = ''
  await act(
    {
      method: 'create',
      args: [],
      host,
      decode: (value: xdr.ScVal) => {
        escrow = Address.fromScVal(value).toString()
      },
    },
    from,
  )
  const id = nativeToScVal(1, { type: 'u32' })
  const asset = new Address(token).toScVal()
  await act({ contract: escrow, method: 'lock', args: [id, payer, receiver, asset, amount], decode }, from)
  await act({ contract: escrow, method: 'release', args: [id], decode }, from, ESCROW)
}

/** Two oracles post a tree of many labelers; one of them is paid. What it costs does not depend on how many there are. */
async function claims(
  chain: Chain,
  act: Act,
  challenge: number,
  oracles: Keypair[],
  labeler: Keypair,
  stranger: Keypair,
): Promise<void> {
  const cumulative = 5_000n
  const [contract, person] = [chain.network.contract, labeler.publicKey()].map((one) =>
    new Address(one).toScVal().toXdr(),
  )
  const leaf = sha256(Buffer.of(0), contract!, u32(challenge), u32(1), person!, i128(cumulative))
  let branch: Branch = { hash: leaf, sum: cumulative }
  const proof: Sibling[] = []
  let children: [Branch, Branch] = [branch, branch]
  for (let level = 0; level < Math.ceil(Math.log2(LABELERS)); level++) {
    const sibling = { hash: bytes(level), sum: 1_000n, left: level % 2 === 0 }
    proof.push(sibling)
    children = sibling.left ? [sibling, branch] : [branch, sibling]
    const [left, right] = children
    const hash = sha256(Buffer.of(1), left.hash, i128(left.sum), right.hash, i128(right.sum))
    branch = { hash, sum: left.sum + right.sum }
  }
  const [left, right] = children.map(({ hash, sum }) => ({ hash, sum })) as [Branch, Branch]
  for (const oracle of oracles.slice(0, 2)) {
    const call = postEarnings({ oracle: oracle.publicKey(), challenge, epoch: 1, left, right, report: cid(8) })
    await act(call, oracle, oracle === oracles[1] ? 'post_earnings' : undefined)
  }
  const claim = claimEarnings({ challenge, epoch: 1, labeler: labeler.publicKey(), cumulative, proof })
  await act(claim, stranger, `claim, one of ${LABELERS} labelers`)
}

/** Integers as the contract hashes them, big-endian. */
const u32 = (value: number): Uint8Array => {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, value)
  return out
}
const i128 = (value: bigint): Uint8Array => {
  const out = new Uint8Array(16)
  new DataView(out.buffer).setBigInt64(0, value >> 64n)
  new DataView(out.buffer).setBigUint64(8, BigInt.asUintN(64, value))
  return out
}
const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return new Uint8Array(digest.digest())
}
const key = (name: string): Keypair => Keypair.fromRawEd25519Seed(Buffer.from(sha256(Buffer.from(name))))
const bytes = (seed: number): Uint8Array => sha256(Buffer.from([seed]))
const cid = (seed: number): Cid => ({ codec: 0x55, digest: bytes(seed) })
