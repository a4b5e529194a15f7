/** What goes on while services are killed: solvers who compete for the prizes of one challenge, each with files of its own. */
import { type Asset, Keypair, Operation } from '@stellar/stellar-sdk'
import {
  ChainFailure,
  ContractError,
  fundWithFriendbot,
  readBalance,
  readToken,
  sendOperations,
  sleep,
  termsOf,
} from '@stellartrain/contracts-client'
import { round, type Verdict } from '@stellartrain/contracts-client/rules'
import { grade, prepareTruth, taskOf } from '@stellartrain/oracle-grade'
import { memoryDrafts, type StellarTrain as Sdk } from '@stellartrain/sdk'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { type Submitted, submitFile } from '@stellartrain/sdk/submit'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { penguins } from '../challenges/penguins.ts'
import { column, DATA, readTable, toCsv } from '../models/table.ts'
import type { Random } from './random.ts'
import type { Stage } from './stage.ts'

export type Story = {
  challenge: number
  /** The ledger in which the challenge was created. */
  ledger: number
  asset: Asset
  maker: Keypair
  solvers: Keypair[]
  /** Base units that each solver had of the asset before. */
  before: bigint
  /** Base units that the maker had before it locked the prize. */
  makerBefore: bigint
  /** Base units that the oracles had, by their addresses. */
  oraclesBefore: ReadonlyMap<string, bigint>
  reward: bigint
  deposit: bigint
  oracleFee: bigint
  /** What an honest oracle says of this file. */
  honestly(csv: Uint8Array): Verdict
}

const GIFT = '100'
const DAY_MS = 86_400_000
/** Seconds: long enough to hand out a file while its takers are being killed; what waits for it is helped by a moved clock. */
export const PATIENCE = 60

/** A funded challenge in an issued asset, and solvers who can be paid in it. */
export async function openStory(stage: Stage, sdk: Sdk, oracles: readonly string[], count: number): Promise<Story> {
  const { issuer, maker, asset } = stage
  const solvers = Array.from({ length: count }, () => Keypair.random())
  await Promise.all(solvers.map((solver) => fundWithFriendbot(sdk.chain, solver.publicKey())))
  await Promise.all(solvers.map((solver) => sendOperations(sdk.chain, [Operation.changeTrust({ asset })], solver)))
  const gifts = solvers.map((solver) => Operation.payment({ destination: solver.publicKey(), asset, amount: GIFT }))
  await sendOperations(sdk.chain, gifts, issuer)
  const token = await readToken(sdk.chain, asset.contractId(sdk.config.passphrase))
  const balance = async (of: string) => (await readBalance(sdk.chain, token, of)) ?? 0n
  const makerBefore = await balance(maker.publicKey())
  const oraclesBefore = new Map(
    await Promise.all(oracles.map(async (oracle) => [oracle, await balance(oracle)] as const)),
  )
  const plan = penguins({
    oracles: [...oracles],
    deadline: new Date(Date.now() + DAY_MS),
    title: 'Penguins, while everything is killed',
    asset: `${asset.code}:${issuer.publicKey()}`,
    reward: '3',
    winners: 50,
    deposit: '0.5',
    attemptsPerDay: 20,
    feeBudget: '50',
    oracleFee: '0.1',
    patienceSeconds: PATIENCE,
  })
  const prepared = await prepareChallenge(sdk, plan, maker.publicKey())
  const { challenge, ledger } = await createChallenge(sdk, prepared, maker)
  await waitForAcceptance(sdk, challenge)
  const { metric, params, shape, truthShape } = taskOf(prepared.manifest)
  const truth = prepareTruth(plan.truth, truthShape(plan.truth))
  const { salt } = prepared
  return {
    ...{ challenge, ledger, asset, maker, solvers, makerBefore, oraclesBefore },
    ...{ before: 1_000_000_000n, reward: 30_000_000n, deposit: 5_000_000n, oracleFee: 1_000_000n },
    honestly(submission) {
      const graded = grade({ metric, params, shape, truth, submission, salt, part: 'all' })
      if (graded.status !== 'graded') throw new Error(`an honest oracle would reject this file: ${graded.message}`)
      const score = round(graded.scoreUnits, termsOf(prepared.terms))
      return { status: 'scored', score, content: graded.contentHash, units: 0 }
    },
  }
}

/**
 * A solver's file: the truth with some labels turned around, different for each solver and attempt. Few turned: it wins. Many: it does not.
 */
export function fileOf(random: Random, turned: number): Uint8Array {
  const truth = readTable(`${DATA}penguins/truth.csv`)
  const ids = column(truth, 'id')
  const labels = column(truth, 'sex')
  const chosen = new Set<number>()
  while (chosen.size < turned) chosen.add(random.below(ids.length))
  return toCsv(
    ['id', 'sex'],
    ids.map((id, i) => [id, chosen.has(i) ? (labels[i] === 'male' ? 'female' : 'male') : labels[i]!]),
  )
}

/** A submission is repeated until it stands, as a person would press the button again; the drafts keep it from counting twice. */
export async function submitStubbornly(sdk: Sdk, story: Story, solver: Keypair, csv: Uint8Array): Promise<Submitted> {
  const drafts = memoryDrafts()
  for (let tries = 0; ; tries++) {
    try {
      return await submitFile(sdk, { challenge: story.challenge, csv, signer: solver, drafts })
    } catch (error) {
      if (hasWon(error) || error instanceof ContractError) throw error
      if (error instanceof ChainFailure && error.code === 'no_funds') throw error
      if (tries > 60) throw error
      await sleep(500)
    }
  }
}

/** A winner is refused, by the check before anything is spent or by the contract: it is done. */
export function hasWon(error: unknown): boolean {
  const { code, errorName } = error as { code?: string; errorName?: string }
  return code === 'already_won' || errorName === 'AlreadyWon'
}
