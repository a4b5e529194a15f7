/** A story of the product's own contract: a challenge from its creation to the payment, and what is refused on the way. */
import { readFileSync } from 'node:fs'
import {
  Address,
  Asset,
  Contract,
  contract,
  hash,
  type Keypair,
  nativeToScVal,
  Operation,
  xdr,
} from '@stellar/stellar-sdk'
import { address, Person, u32 } from '../kit.ts'
import { Player } from './player.ts'
import { keyOf } from './probe.ts'

export const WASM = readFileSync(new URL('../../../../contracts/stellartrain/stellartrain.wasm', import.meta.url))
const XLM = 10_000_000n
const DAY = 86_400

const bytes = (value: number) => new Uint8Array(32).fill(value)
const cid = (value: number) => ({ codec: 0x55, digest: bytes(value) })

export async function playStellarTrain(): Promise<Player> {
  const [payer, maker, oracle, solver, rival, judge] = [1, 12, 13, 14, 15, 16].map(keyOf) as Keypair[] as [
    Keypair,
    Keypair,
    Keypair,
    Keypair,
    Keypair,
    Keypair,
  ]
  const player = await Player.start(payer)
  const people = [maker, oracle, solver, rival, judge]
  for (const key of people) await Person.create(player.net, key)
  await player.begin(
    people.map((key) => xdr.LedgerKey.account(new xdr.LedgerKeyAccount({ accountId: key.xdrAccountId() }))),
  )
  await player.run('create the contract of XLM', Operation.createStellarAssetContract({ asset: Asset.native() }))
  await player.run('upload', Operation.uploadContractWasm({ wasm: WASM }))
  const created = await player.run(
    'create',
    Operation.createCustomContract({
      address: Address.fromString(player.payer.id),
      wasmHash: hash(WASM),
      salt: bytes(9),
      // The least patience and the least window, in seconds.
      constructorArgs: [600n, 3_600n].map((seconds) => nativeToScVal(seconds, { type: 'u64' })),
    }),
  )
  const train = new Contract(Address.fromScVal(created!).toString())
  const spec = contract.Spec.fromWasm(WASM)
  const call = (name: string, signers: Keypair[], method: string, args: object) =>
    player.run(name, train.call(method, ...spec.funcArgsToScVals(method, args)), { signers })
  const now = player.net.ledger().closeTime
  const terms = {
    token: Asset.native().contractId(player.net.passphrase),
    payout: { tag: 'Bounty', values: [{ reward: 5n * XLM, winners: 2 }] },
    oracles: [oracle.publicKey()],
    oracle_fee: XLM / 10n,
    deposit: XLM / 2n,
    threshold: 9_000_000n,
    direction: 0,
    step: 1_000n,
    opens: BigInt(now),
    accept_by: BigInt(now + DAY),
    deadline: BigInt(now + 10 * DAY),
    patience: 3_600n,
    grade_by: BigInt(now + 12 * DAY),
    judge: { address: judge.publicKey(), judge_by: BigInt(now + 13 * DAY) },
    gate: undefined,
    attempts: 3,
    attempts_per_day: 3,
    unique_content: true,
    truth: bytes(5),
    opens_truth: true,
    manifest: cid(1),
  }
  const url = 'https://oracle.example'
  const registration = { oracle: oracle.publicKey(), key: bytes(2), url, metadata: cid(3) }
  await call('register an oracle', [oracle], 'register_oracle', registration)
  const creation = { maker: maker.publicKey(), terms, prize: 10n * XLM, fee_budget: XLM }
  await call('create a challenge', [maker], 'create_challenge', creation)
  const late = { ...creation, terms: { ...terms, grade_by: terms.deadline } }
  await call('a challenge against the rules', [maker], 'create_challenge', late)
  const submission = (key: Keypair, attempt: number) => ({
    solver: key.publicKey(),
    challenge: 1,
    attempt,
    cid: cid(20 + attempt),
    commitment: bytes(60 + attempt),
    units: 0,
    carry: 0n,
  })
  await call('a submission too early', [solver], 'submit', submission(solver, 1))
  const acceptance = { oracle: oracle.publicKey(), challenge: 1, key: bytes(6), shares: bytes(7) }
  await call('accept', [oracle], 'accept_challenge', acceptance)
  await call('submit', [solver], 'submit', submission(solver, 1))
  await call('the same attempt again', [solver], 'submit', submission(solver, 1))
  await call('another submits', [rival], 'submit', submission(rival, 1))
  await call('and once more', [rival], 'submit', submission(rival, 2))
  const vote = (key: Keypair, attempt: number, score: bigint, value: number) => ({
    solver: key.publicKey(),
    attempt,
    verdict: 1,
    reason: 0,
    score,
    content_hash: bytes(value),
    units: 0,
    hold: false,
  })
  const votes = [vote(solver, 1, 9_500_123n, 31), vote(rival, 1, 8_000_000n, 32)]
  const posted = { oracle: oracle.publicKey(), challenge: 1, report: cid(4), votes, settle: true }
  await call('scores are posted and paid', [oracle], 'post_scores', posted)
  await call('a second vote', [oracle], 'post_scores', posted)
  const id = { challenge: 1, solver: solver.publicKey(), attempt: 1 }
  await call('the submission', [], 'submission', id)
  await call('its state', [], 'state', { challenge: 1 })
  await call('the challenge', [], 'challenge', { challenge: 1 })
  await call('its phase', [], 'phase', { challenge: 1 })
  await call('its shares', [], 'shares', { challenge: 1 })
  await call('nothing is owed', [], 'release_payment', id)
  await player.net.warp(12 * DAY)
  const ballots = [vote(rival, 2, 9_100_000n, 33)]
  const ruling = { judge: judge.publicKey(), challenge: 1, report: cid(5), ballots }
  await call('the judge rules on what the oracle left', [judge], 'rule', ruling)
  await call('an oracle votes too late', [oracle], 'post_scores', { ...posted, votes: ballots })
  await player.net.warp(DAY)
  const settlements = [{ solver: rival.publicKey(), attempt: 2, hold: false }]
  await call('the ruling is carried out', [], 'settle', { challenge: 1, submissions: settlements })
  await call('the oracle takes its fees', [], 'withdraw_fees', { oracle: oracle.publicKey(), challenge: 1 })
  await call('close', [], 'close', { challenge: 1 })
  await call('open the truth', [maker], 'reveal', { revealer: maker.publicKey(), challenge: 1, truth: cid(1) })
  const ids = [{ solver: solver.publicKey(), attempt: 1 }]
  await call('extend all lifetimes', [], 'extend', { challenge: 1, submissions: ids })
  await player.run('a view that is not there', train.call('challenge', u32(7)))
  await player.run('the contract as somebody to pay', train.call('maker', address(maker.publicKey())))
  await player.net.close()
  return player
}
