/**
 * A main contract and a judge that grades, on a ledger of the public network's settings, and forms of any size: what each opened chunk
 * costs. The same to the byte each time.
 */
import { createHash } from 'node:crypto'
import { Asset, Keypair } from '@stellar/stellar-sdk/base'
import {
  acceptChallenge,
  type Call,
  connect,
  createChallenge,
  Direction,
  deployAssetContract,
  deployContract,
  fundWithFriendbot,
  invoke,
  registerOracle,
  submit,
  type Terms,
} from '@stellartrain/contracts-client'
import {
  deployRecount,
  FORM_CHUNK,
  RecountMetric,
  type RecountRules,
  recountAt,
} from '@stellartrain/contracts-client/recount'
import { readContractWasm, readRecountWasm } from '@stellartrain/contracts-client/wasm'
import { startDevnet } from '@stellartrain/devnet'
import { formHash } from '@stellartrain/ipfs-content/form-hash'
import { networkId } from '@stellartrain/ipfs-content/network'
import { commitSubmission, commitTruth } from '@stellartrain/ipfs-content/seal'

/** What one kind of challenge is made of. */
export type Subject = { rules: RecountRules; truth: Uint8Array; work: Uint8Array }

export type Stage = Awaited<ReturnType<typeof openStage>>

const NOW = 1_800_000_000
const DAY = 86_400
/** Rows whose values one entry of the judge holds. */
const PIECE = 4096
const BOUND = new DataView(new ArrayBuffer(8))

export async function openStage() {
  const net = await startDevnet({
    interval: 'auto',
    settings: 'mainnet',
    timeBounds: 'ledger',
    seed: 1,
    now: () => NOW,
    passphrase: 'StellarTrain recount',
  })
  const [maker, oracle, solver, stranger] = ['maker', 'oracle', 'solver', 'stranger'].map(key) as Keypair[]
  const network = {
    ...{ name: 'local', passphrase: net.passphrase, rpcUrl: net.rpcUrl },
    ...{ contract: '', friendbotUrl: net.friendbotUrl },
  }
  const bare = connect(network)
  for (const who of [maker!, oracle!, solver!, stranger!]) await fundWithFriendbot(bare, who.publicKey())
  const token = await deployAssetContract(bare, Asset.native(), maker!)
  const wasm = await readContractWasm()
  const { contract } = await deployContract(bare, { wasm, minPatience: 60, minWindow: DAY, signer: maker! })
  const deployed = { wasm: await readRecountWasm(), stellartrain: contract, signer: maker! }
  const judge = (await deployRecount(bare, deployed)).contract
  const chain = connect({ ...network, contract })
  const recount = recountAt(judge)
  const act = async <T>(call: Call<T>, who: Keypair) => {
    const receipt = await invoke(chain, call, who, { pollMs: 10 })
    return { value: receipt.returnValue, costs: net.costs(receipt.hash)! }
  }
  await act(
    registerOracle({
      ...{ oracle: oracle!.publicKey(), key: bytes(1), url: 'https://oracle.example' },
      metadata: { codec: 0x55, digest: bytes(1) },
    }),
    oracle!,
  )
  const place = { network: await networkId(net.passphrase), contract }
  const salt = bytes(2)
  const nonce = bytes(3)

  return {
    net,
    chain,
    judge,
    recount,
    people: { maker: maker!, solver: solver!, stranger: stranger! },
    act,
    secrets: { salt, nonce },
    close: () => net.close(),
    /** A bounty that one oracle accepted, with its rules fixed and one submission of the solver. */
    async bounty({ rules, truth, work }: Subject) {
      const now = BigInt(net.ledger().closeTime)
      const terms: Terms = {
        token,
        payout: { tag: 'Bounty', values: [{ reward: 10_000_000n, winners: 1 }] },
        oracles: [oracle!.publicKey()],
        ...{ oracle_fee: 1000n, deposit: 0n, threshold: 1n, direction: Direction.Maximize, step: 1n, opens: now },
        ...{ accept_by: now + 3500n, deadline: now + 3600n, patience: 60n, grade_by: now + 3600n + BigInt(DAY) },
        judge: { address: judge, judge_by: now + 3600n + 2n * BigInt(DAY) },
        ...{ gate: null, attempts: 5, attempts_per_day: 5, unique_content: false, opens_truth: true },
        truth: await commitTruth({ ...place, maker: maker!.publicKey(), salt, formHash: formHash(truth) }),
        manifest: { codec: 0x55, digest: bytes(4) },
      }
      const created = createChallenge({ maker: maker!.publicKey(), terms, prize: 10_000_000n, fee_budget: 10_000n })
      const challenge = (await act(created, maker!)).value
      const shares = new Uint8Array(600).fill(1)
      await act(acceptChallenge({ oracle: oracle!.publicKey(), challenge, key: bytes(5), shares }), oracle!)
      const configured = await act(recount.configure({ challenge, rules }), maker!)
      const who = { ...place, challenge, solver: solver!.publicKey() }
      const commitment = await commitSubmission({ ...who, nonce, formHash: formHash(work) })
      const cid = { codec: 0x55, digest: bytes(6) }
      const entry = { solver: solver!.publicKey(), challenge, attempt: 1, cid, commitment, units: 0, carry: 0n }
      await act(submit(entry), solver!)
      return { challenge, configured: configured.costs }
    },
    /** The judge's time of a challenge that was just made. */
    judging: () => net.warp(DAY + 3600),
    /** That time is over, and what was opened can be removed. */
    over: () => net.warp(DAY),
    async openTruth(challenge: number, truth: Uint8Array, at: number) {
      const handed = { salt, hashes: hashesOf(truth), place: at, chunk: chunkOf(truth, at) }
      return await act(recount.openTruth({ challenge, ...handed }), stranger!)
    },
    async openWork(challenge: number, work: Uint8Array, at: number) {
      const handed = { nonce, hashes: hashesOf(work), place: at, chunk: chunkOf(work, at) }
      return await act(recount.openWork({ challenge, solver: solver!.publicKey(), attempt: 1, ...handed }), stranger!)
    },
    removeTruth: (challenge: number, rows: number) =>
      act(recount.removeTruth({ challenge, first: 0, count: Math.ceil(rows / PIECE) }), stranger!),
    removeWork: (challenge: number, chunks: number) =>
      act(recount.removeWork({ challenge, solver: solver!.publicKey(), attempt: 1, chunks }), stranger!),
  }
}

export const chunksOf = (form: Uint8Array): number => Math.ceil(form.length / FORM_CHUNK)
const chunkOf = (form: Uint8Array, at: number) => form.slice(at * FORM_CHUNK, (at + 1) * FORM_CHUNK)
const hashesOf = (form: Uint8Array): Uint8Array =>
  Buffer.concat(Array.from({ length: chunksOf(form) }, (_, at) => sha256(chunkOf(form, at))))

/** Metrics that stand for all of their kind. */
export const KINDS = ['accuracy', 'f1 macro of 10 classes', 'RMSE', 'area under the curve'] as const
export type Kind = (typeof KINDS)[number]

/** A truth and a work of so many rows, as the engine would write them. */
export function subject(kind: Kind, rows: number): Subject {
  const classes = kind === 'f1 macro of 10 classes' ? 10 : 2
  const texts = Array.from({ length: classes }, (_, i) => new TextEncoder().encode(String(i)))
  const label = (row: number) => texts[(row * 7919) % classes]!
  const number = (row: number) => ((row * 7919) % 1000) / 8
  const ofClasses = {
    classes: texts,
    numbers: false,
    positive: 1,
    least: bits(-1e300),
    most: bits(1e300),
    whole: false,
  }
  if (kind === 'RMSE') {
    const rules = { ...ofClasses, metric: RecountMetric.Rmse, classes: [], positive: 0 }
    const work = form(1, 0, rows, (row) => float(number(row) + (row % 3) / 10))
    return {
      rules,
      truth: ended(
        form(5, 0, rows, (row) => float(number(row))),
        rows,
      ),
      work,
    }
  }
  const truth = ended(
    form(5, 1, rows, (row) => text(label(row))),
    rows,
  )
  if (kind === 'area under the curve') {
    const work = form(1, 0, rows, (row) => float(number(row * 31)))
    return { rules: { ...ofClasses, metric: RecountMetric.RocAuc }, truth, work }
  }
  const metric = kind === 'accuracy' ? RecountMetric.Accuracy : RecountMetric.F1Macro
  return {
    rules: { ...ofClasses, metric },
    truth,
    work: form(1, 1, rows, (row) => text(label(row + (row % 9 === 0 ? 1 : 0)))),
  }
}

/** All that the judge computes, in its order, as they are named in its specification. */
export const METRICS = Object.entries(RecountMetric).filter(
  (entry): entry is [string, RecountMetric] => typeof entry[1] === 'number',
)

/** What kind stands for a metric. */
export const kindOf = (metric: RecountMetric): Kind => {
  if (metric >= RecountMetric.Mae) return 'RMSE'
  if (metric === RecountMetric.RocAuc) return 'area under the curve'
  const binary = [RecountMetric.F1Binary, RecountMetric.PrecisionBinary, RecountMetric.RecallBinary]
  return metric === RecountMetric.Accuracy || binary.includes(metric) ? 'accuracy' : 'f1 macro of 10 classes'
}

/** The same rows as its kind's, scored by this metric. */
export function subjectOf(metric: RecountMetric, rows: number): Subject {
  const made = subject(kindOf(metric), rows)
  return { ...made, rules: { ...made.rules, metric } }
}

function form(version: number, kind: number, rows: number, cell: (row: number) => Uint8Array): Uint8Array {
  const name = text(new TextEncoder().encode('label'))
  const head = [u32(version), u32(1), Uint8Array.of(kind), name, u32(rows), u32(0)]
  return Buffer.concat([...head, ...Array.from({ length: rows }, (_, row) => cell(row))])
}

/** Usage and ids of a truth. */
function ended(values: Uint8Array, rows: number): Uint8Array {
  const ids = Array.from({ length: rows }, (_, row) => text(new TextEncoder().encode(String(row).padStart(7, '0'))))
  return Buffer.concat([values, new Uint8Array(rows), ...ids])
}

const text = (bytes: Uint8Array): Uint8Array => Buffer.concat([u32(bytes.length), bytes])
const u32 = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer)
const float = (value: number): Uint8Array => new Uint8Array(Float64Array.of(value).buffer)
const bits = (value: number): bigint => {
  BOUND.setFloat64(0, value)
  return BOUND.getBigUint64(0)
}
const sha256 = (of: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(of).digest())
const bytes = (seed: number): Uint8Array => sha256(Buffer.from([seed]))
const key = (name: string): Keypair => Keypair.fromRawEd25519Seed(Buffer.from(sha256(Buffer.from(name))))
