/** A labeling task from its creation to its exported labels, with thirty labelers at work at once, each batch leased, judged and paid on the ledger. */
import { Keypair } from '@stellar/stellar-sdk'
import {
  fundWithFriendbot,
  readBalance,
  readClock,
  readToken,
  toDecimal,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import { krippendorffAlpha } from '@stellartrain/oracle-grade/consensus'
import type { StellarTrain } from '@stellartrain/sdk'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { agree, exportLabels, type Labels } from '@stellartrain/sdk/labels'
import { verify } from '@stellartrain/sdk/verify'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { leftUntil, type Teller } from '../demo/teller.ts'
import { crowdOf } from './crowd.ts'
import { accuracyOf, byKind, type KindResult, votesOf } from './measure.ts'
import { openedLabels } from './opened.ts'
import { digits } from './task.ts'
import { type Done, type Person, work } from './work.ts'

export type LabelsResult = {
  challengeId: number
  items: number
  overlap: number
  labelers: number
  /** Judged ones. */
  batches: number
  paidUnits: number
  rejectedBatches: number
  /** Share of the items that have all their labels. */
  coverage: number
  /** Items that lack labels, which a run reports and does not hide. */
  uncovered: string[]
  /** Krippendorff's. */
  alpha: number | null
  /** Against what is right about every item, which the labelers' oracle knows of a fifth of them alone. */
  accuracyMajority: number
  accuracyDawidSkene: number
  accuracyPooledDawidSkene: number
  /** Decimal, in `asset`: pay and chain fees together. */
  costPerLabel: string
  /** Decimal: what the network took from all who took part. */
  chainFees: string
  asset: string
  /** Whether the labels came out of the public files with everybody's votes. */
  exported: boolean
  /** Whether the sdk recomputed every paid batch from public files, and none differed. */
  verified: boolean
  /** Decimal; `left` is what the escrow still has. */
  money: { paidIn: string; paid: string; left: string }
  kinds: Record<string, KindResult>
  seconds: number
}

export type LabelsOptions = {
  labelers?: number
  seed?: string
  /** Moves the ledger's clock, where it is one's own; without, the end is waited for. */
  warp?: ((seconds: number) => Promise<void>) | undefined
}

const PATIENCE_SECONDS = 10
const GRADING_SECONDS = 4 * PATIENCE_SECONDS
/** Time to label: the clock of another's network cannot be moved. */
const OWN_SECONDS = 1_800
const OTHERS_SECONDS = 360

export async function walkLabels(
  system: StellarTrain,
  oracle: string,
  tell: Teller,
  { labelers = 30, seed = 'stellartrain', warp }: LabelsOptions = {},
): Promise<LabelsResult> {
  const { chain } = system
  const began = performance.now()
  const maker = Keypair.random()
  const people: Person[] = crowdOf(labelers).map((one) => ({ ...one, signer: Keypair.random() }))
  const token = await readToken(chain, tokenContract(chain, 'XLM'))
  const decimal = (amount: bigint) => toDecimal(amount, token.decimals)
  const money = (amount: bigint) => `${decimal(amount)} ${token.code}`
  const balanceOf = async (who: string) => (await readBalance(chain, token, who)) ?? 0n
  const sum = async (addresses: readonly string[]) =>
    (await Promise.all(addresses.map(balanceOf))).reduce((all, one) => all + one, 0n)

  tell.chapter('A maker has 300 pictures to be labeled, each by three labelers')
  const everybody = [maker, ...people.map(({ signer }) => signer)].map((who) => who.publicKey())
  let funded = 0
  await tell.during(
    'accounts are made',
    () => Promise.all(everybody.map((who) => fundWithFriendbot(chain, who).then(() => funded++))),
    () => `${funded} of ${everybody.length}`,
  )
  const spending = [...everybody, oracle]
  const before = await sum(spending)
  const { closedAt } = await readClock(chain)
  const deadline = closedAt + (warp ? OWN_SECONDS : OTHERS_SECONDS)
  const gradeBy = deadline + GRADING_SECONDS
  const date = (seconds: number) => new Date(seconds * 1_000)
  const task = await digits({
    ...{ oracles: [oracle], deadline: date(deadline), gradeBy: date(gradeBy), patienceSeconds: PATIENCE_SECONDS },
  })
  const { prepared, challenge, hash } = await tell.during('items are published and the task is created', async () => {
    const prepared = await prepareChallenge(system, task.plan, maker.publicKey())
    return { prepared, ...(await createChallenge(system, prepared, maker)) }
  })
  tell.fact('challenge', `${challenge}, “${task.plan.title}”`)
  tell.fact('locked', `${money(prepared.money.prize)}: ${task.items} items × ${task.overlap} labels × ${task.perItem}`)
  tell.fact('transaction', hash)
  await tell.during('the oracle reads the task and accepts it', () => waitForAcceptance(system, challenge))

  tell.chapter(`${labelers} labelers at once, of kinds that the oracle does not know`)
  const done: Done[] = []
  const places = task.items * task.overlap
  const paid = () => done.reduce((all, { units }) => all + units, 0)
  let told = 0
  const closing = setTimeoutFlag((deadline - closedAt - 30) * 1_000)
  const job = {
    ...{ challenge, task, seed, seen: { byItem: new Map<string, string>(), rows: [] } },
    onDone(one: Done) {
      done.push(one)
      if (done.length % 10 !== 0 && paid() < places) return
      const now = Math.floor((paid() / places) * 100)
      if (now > told)
        tell.fact(
          `${now} %`,
          `${paid()} of ${places} labels paid, ${done.filter((d) => !d.accepted).length} batches rejected`,
        )
      told = now
    },
    over: () => paid() >= places || closing.passed(),
  }
  await tell.during(
    'labelers at work',
    () => Promise.all(people.map((person) => work(system, person, job))),
    () => `${paid()} of ${places} labels paid, ${done.length} batches judged`,
  )
  closing.stop()

  const state = await view(chain, views.state({ challenge }))
  const left = state.purse.escrow + state.purse.reserved
  const rate = prepared.terms.payout.tag === 'PerUnit' ? prepared.terms.payout.values[0].rate : 0n
  const paidOut = rate * BigInt(paid())
  const kinds = byKind(people, done, rate, decimal)
  for (const [kind, { labelers, batches, rejected, earnedEach }] of Object.entries(kinds))
    tell.fact(
      kind,
      `${labelers} ${labelers === 1 ? 'labeler' : 'labelers'}, ${batches} ${batches === 1 ? 'batch' : 'batches'}, ${rejected} rejected; ${earnedEach} ${token.code} each`,
    )
  const chainFees = before - (await sum(spending)) - left
  tell.fact('paid', `${money(paidOut)} of ${money(prepared.money.prize)}; ${money(left)} left`)
  tell.fact('chain fees', `${money(chainFees)} by all who took part`)

  tell.chapter('The task ends, and the labels are opened')
  const labels = await tell.during(
    'waiting for the end of the task and of grading, then for the labels',
    async () => {
      if (warp) await warp(gradeBy - (await readClock(chain)).closedAt + 1)
      return openedLabels(system, challenge, gradeBy - closedAt)
    },
    leftUntil(warp ? undefined : gradeBy - (await readClock(chain)).closedAt),
  )
  const votes = votesOf(labels)
  const counts = Map.groupBy(labels.votes, ({ item }) => item)
  const uncovered = [...labels.items.keys()].filter((id) => (counts.get(id)?.length ?? 0) !== task.overlap)
  const majority = agree(labels, 'majority')
  const skene = agree(labels, 'dawid-skene')
  const files = await exportLabels(
    { labels, items: skene, method: 'dawid-skene', gateway: system.gateways[0] ?? '' },
    'csv',
  )
  const exported =
    files.length > 0 && labels.missing.length === 0 && labels.refused.length === 0 && labels.votes.length === paid()
  const alpha = krippendorffAlpha(votes)
  const pooled = agree(labels, 'pooled-dawid-skene')
  const [accuracyMajority, accuracyDawidSkene, accuracyPooledDawidSkene] = [majority, skene, pooled].map((items) =>
    accuracyOf(items, task.truth),
  ) as [number, number, number]
  tell.fact('coverage', `${task.items - uncovered.length} of ${task.items} items have their ${task.overlap} labels`)
  tell.fact('alpha', alpha?.toFixed(4) ?? 'not defined')
  tell.fact(
    'consensus',
    `right by majority ${percent(accuracyMajority)}, by Dawid–Skene ${percent(accuracyDawidSkene)}, pooled ${percent(accuracyPooledDawidSkene)}`,
  )

  tell.chapter('Anyone can check it, from the chain and public content alone')
  let looked = 0
  const verified = await tell.during(
    'batches are recomputed',
    () => verifyAll(system, challenge, labels, () => looked++),
    () => `${looked} of ${labels.batches.length}`,
  )
  tell.check(verified, `${labels.batches.length} paid batches recomputed`, 'verify')
  tell.check(exported, 'every paid label is in the export', `${labels.votes.length} votes`)

  return {
    ...{ challengeId: challenge, items: task.items, overlap: task.overlap, labelers, batches: done.length },
    ...{ paidUnits: paid(), rejectedBatches: done.filter(({ accepted }) => !accepted).length },
    ...{
      coverage: (task.items - uncovered.length) / task.items,
      uncovered,
      alpha,
      accuracyMajority,
      accuracyDawidSkene,
      accuracyPooledDawidSkene,
    },
    costPerLabel: decimal((paidOut + chainFees) / BigInt(Math.max(1, paid()))),
    ...{ chainFees: decimal(chainFees), asset: token.code, exported, verified },
    money: { paidIn: decimal(prepared.money.prize), paid: decimal(paidOut), left: decimal(left) },
    ...{ kinds, seconds: Math.round((performance.now() - began) / 1_000) },
  }
}

/** A few at once: each downloads and grades. */
async function verifyAll(
  system: StellarTrain,
  challenge: number,
  { batches }: Labels,
  onVerified: () => void,
): Promise<boolean> {
  const left = batches.map(({ number }) => number)
  let all = left.length > 0
  const one = async () => {
    for (let number = left.pop(); number !== undefined; number = left.pop()) {
      const { verified } = await verify(system, { challenge, number })
      all &&= verified
      onVerified()
    }
  }
  await Promise.all([one(), one(), one(), one()])
  return all
}

function setTimeoutFlag(ms: number) {
  let passed = false
  const timer = setTimeout(() => {
    passed = true
  }, ms)
  return { passed: () => passed, stop: () => clearTimeout(timer) }
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
