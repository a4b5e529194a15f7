/** The whole loop, walked once: a maker funds a challenge, a solver wins it, and anybody can check both. The demo, a benchmark and a test share it. */
import { Keypair } from '@stellar/stellar-sdk'
import {
  fundWithFriendbot,
  readBalance,
  readToken,
  scoreToDecimal,
  sleep,
  toDecimal,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import type { StellarTrain } from '@stellartrain/sdk'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { type SubmissionOverview, watchSubmission } from '@stellartrain/sdk/submission-status'
import { submitFile } from '@stellartrain/sdk/submit'
import { verify } from '@stellartrain/sdk/verify'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { breastCancer } from '../challenges/breast-cancer.ts'
import { fitLogistic } from '../models/logistic.ts'
import { parseTable } from '../models/table.ts'
import type { Teller } from './teller.ts'

export type LoopResult = {
  challengeId: number
  submissionId: number
  cid: string
  metric: string
  /** Decimal; as rounded on-chain. */
  score: string
  baseline: string
  threshold: string
  submitTx: string
  scoreTx: string
  ledgersToPayment: number
  /** Decimal, in `asset`. */
  paid: string
  asset: string
  solverBalanceBefore: string
  solverBalanceAfter: string
  verified: boolean
  tamperedRejected: boolean
}

const HOUR_MS = 3_600_000
/** Publishing the truth after the end takes the oracle a few ledgers. */
const OPENING_WITHIN_MS = 120_000

export async function walkLoop(system: StellarTrain, oracle: string, tell: Teller): Promise<LoopResult> {
  const { chain } = system
  const maker = Keypair.random()
  const solver = Keypair.random()
  const token = await readToken(chain, tokenContract(chain, 'XLM'))
  const money = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`

  tell.chapter('A maker locks a prize')
  await Promise.all([maker, solver].map((who) => fundWithFriendbot(chain, who.publicKey())))
  const plan = breastCancer({ oracles: [oracle], deadline: new Date(Date.now() + HOUR_MS) })
  const prepared = await prepareChallenge(system, plan, maker.publicKey())
  const created = await createChallenge(system, prepared, maker)
  const challenge = created.challenge
  const baseline = scoreToDecimal(prepared.trial.baseline ?? 0n)
  tell.fact('challenge', `${challenge}, “${plan.title}”`)
  tell.fact(
    'locked',
    `${money(prepared.money.prize)} for ${plan.winners} winner, ${money(prepared.money.feeBudget)} for oracles`,
  )
  tell.fact('transaction', created.hash)

  tell.chapter('The oracle opens the sealed truth, tries the metric, accepts')
  await waitForAcceptance(system, challenge)
  tell.fact('oracle', oracle)
  tell.fact(
    'trial',
    `perfect ${scoreToDecimal(prepared.trial.perfect)}, baseline ${baseline}, wanted ${plan.threshold} of ${plan.metric.id}`,
  )

  tell.chapter('A solver fits a model on the train data')
  const [train, test] = ['train', 'test'].map((role) => {
    const dataset = plan.datasets.find((one) => one.role === role)
    return parseTable(new TextDecoder().decode(dataset?.bytes))
  })
  const csv = fitLogistic(train!, test!, 'malignant')
  tell.fact('model', `logistic regression on ${train!.rows.length} rows, predictions for ${test!.rows.length}`)

  tell.chapter('Checked, sealed, submitted')
  const before = (await readBalance(chain, token, solver.publicKey())) ?? 0n
  const submitted = await submitFile(system, {
    challenge,
    csv,
    signer: solver,
    onProgress: (progress) => {
      if (progress.step === 'checked') tell.fact('checked', `${progress.precheck.rows} rows, no problems`)
      if (progress.step === 'sealed') tell.fact('sealed', `${progress.bytes} bytes only the oracle can read`)
    },
  })
  tell.fact('transaction', `${submitted.hash} in ledger ${submitted.ledger}`)

  tell.chapter('Graded and paid')
  const path = await lastOf(watchSubmission(system, { challenge, number: submitted.number }, { pollMs: 200 }))
  const { score, amounts, sentence } = path.story
  if (score === null || path.payment === null) throw new Error(`The submission was not paid: ${sentence}`)
  const after = (await readBalance(chain, token, solver.publicKey())) ?? 0n
  const ledgersToPayment = path.payment.ledger - submitted.ledger
  tell.fact('score', `${scoreToDecimal(score)} (baseline ${baseline}, wanted ${plan.threshold})`)
  tell.fact(
    'paid',
    `${money(amounts.prize)}, ${ledgersToPayment} ${ledgersToPayment === 1 ? 'ledger' : 'ledgers'} after the submission`,
  )
  tell.fact('transaction', path.payment.hash)
  tell.fact('balance', `${money(before)} → ${money(after)}`)

  tell.chapter('Anyone can check it, from the chain and public content alone')
  await waitForOpening(system, challenge, oracle)
  const ref = { challenge, number: submitted.number }
  const honest = await verify(system, ref, {
    onCheck: (check) =>
      tell.check(check.state === 'passed', check.title, check.compared ? `${check.compared.got}` : ''),
  })
  const tampered = new Uint8Array(csv)
  const digit = tampered.lastIndexOf('\n'.charCodeAt(0)) - 1
  tampered[digit] = tampered[digit] === 0x31 ? 0x32 : 0x31 // one digit of the last prediction
  const forged = await verify(system, ref, { override: { submission: tampered } })
  const caught = forged.checks.find((check) => check.state === 'failed')
  tell.check(forged.refuted, 'a copy with one digit changed is refused', caught?.title ?? 'it was not noticed')

  return {
    challengeId: challenge,
    submissionId: submitted.number,
    cid: submitted.cid,
    metric: plan.metric.id,
    score: scoreToDecimal(score),
    baseline,
    threshold: plan.threshold,
    submitTx: submitted.hash,
    scoreTx: path.payment.hash,
    ledgersToPayment,
    paid: toDecimal(amounts.prize, token.decimals),
    asset: token.code,
    solverBalanceBefore: toDecimal(before, token.decimals),
    solverBalanceAfter: toDecimal(after, token.decimals),
    verified: honest.verified,
    tamperedRejected: forged.refuted,
  }
}

async function lastOf(paths: AsyncIterable<SubmissionOverview>): Promise<SubmissionOverview> {
  let last: SubmissionOverview | undefined
  for await (const path of paths) last = path
  if (!last) throw new Error('The path of the submission ended before it began.')
  return last
}

/** @throws Error when the oracle has not opened the truth within two minutes */
export async function waitForOpening(system: StellarTrain, challenge: number, oracle: string): Promise<void> {
  for (const until = Date.now() + OPENING_WITHIN_MS; Date.now() < until; await sleep(300)) {
    if (await view(system.chain, views.revealed({ challenge, by: oracle }))) return
  }
  throw new Error('The oracle has not opened the truth in time; its log says why.')
}
