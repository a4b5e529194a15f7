/** The same task by earnings: a thousand labelers without an account hand signed batches to the oracle, and no transaction is theirs. */

import { Keypair } from '@stellar/stellar-sdk'
import {
  fundWithFriendbot,
  readBalance,
  readClock,
  readToken,
  sleep,
  toDecimal,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import { krippendorffAlpha } from '@stellartrain/oracle-grade/consensus'
import type { StellarTrain } from '@stellartrain/sdk'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import { claim, readLeaves } from '@stellartrain/sdk/earnings'
import { agree, exportLabels, type Labels } from '@stellartrain/sdk/labels'
import { handInBatch, readOwnWork, readWork } from '@stellartrain/sdk/work'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { leftUntil, type Teller } from '../demo/teller.ts'
import { crowdOf } from './crowd.ts'
import { accuracyOf, byKind, votesOf } from './measure.ts'
import { openedLabels } from './opened.ts'
import { digits } from './task.ts'
import type { LabelsOptions, LabelsResult } from './walk.ts'
import { answersTo, type Job, type Person } from './work.ts'

const PATIENCE_SECONDS = 10
const EPOCH_SECONDS = 15
const OWN_SECONDS = 7_200
const OTHERS_SECONDS = 1_800
/** Labelers in work at the same moment; the others wait for their turn. */
const AT_ONCE = 32
const PAUSE_MS = 1_000
/** Batches after which a labeler has enough; it learns of none of them before its epoch. */
const MOST_BATCHES = 6
const CLAIMS = 10
/** A batch pays more than the least with which the network makes an account. */
const PER_ITEM = '0.2'
const LEAST_FOR_AN_ACCOUNT = 10_000_000n
const WAIT_MS = 600_000

export async function walkEarnings(
  system: StellarTrain,
  oracle: string,
  tell: Teller,
  { labelers = 1_000, seed = 'stellartrain', warp }: LabelsOptions = {},
): Promise<LabelsResult & { epochs: number; claims: number }> {
  const { chain } = system
  const began = performance.now()
  const maker = Keypair.random()
  const people: Person[] = crowdOf(labelers).map((one) => ({ ...one, signer: Keypair.random() }))
  const token = await readToken(chain, tokenContract(chain, 'XLM'))
  const decimal = (amount: bigint) => toDecimal(amount, token.decimals)
  const money = (amount: bigint) => `${decimal(amount)} ${token.code}`
  const balances = async () => {
    const all = await Promise.all([maker.publicKey(), oracle].map((who) => readBalance(chain, token, who)))
    return all.reduce<bigint>((sum, one) => sum + (one ?? 0n), 0n)
  }

  // Ten labels for each labeler at overlap three: as many pictures as that takes, each of them several times.
  const copies = Math.max(1, Math.ceil(labelers / 100))
  tell.chapter(`A maker has ${300 * copies} pictures to be labeled, each by three labelers, paid by earnings`)
  await fundWithFriendbot(chain, maker.publicKey())
  const before = await balances()
  const { closedAt } = await readClock(chain)
  const deadline = closedAt + (warp ? OWN_SECONDS : OTHERS_SECONDS)
  const date = (seconds: number) => new Date(seconds * 1_000)
  const task = await digits(
    {
      ...{ oracles: [oracle], deadline: date(deadline), patienceSeconds: PATIENCE_SECONDS },
      gradeBy: date(deadline + 3_600),
    },
    { payout: 'earnings', batch: 10, perItem: PER_ITEM, copies, earnings: { epochSeconds: EPOCH_SECONDS } },
  )
  const { prepared, challenge, hash } = await tell.during('items are published and the task is created', async () => {
    const prepared = await prepareChallenge(system, task.plan, maker.publicKey())
    return { prepared, ...(await createChallenge(system, prepared, maker)) }
  })
  const { prize } = prepared.money
  tell.fact('challenge', `${challenge}, “${task.plan.title}”`)
  tell.fact('locked', `${money(prize)}: ${task.items} items × ${task.overlap} labels × ${task.perItem}`)
  tell.fact('transaction', hash)
  await tell.during('the oracle reads the task and accepts it', () => waitForAcceptance(system, challenge))

  tell.chapter(`${labelers} labelers without an account, a fee or a transaction`)
  const places = task.items * task.overlap
  const rate = prize / BigInt(places)
  const url = await oracleUrl(system, oracle)
  let accepted = 0
  let handedIn = 0
  const watching = new AbortController()
  const watched = watchCoverage(url, challenge, watching.signal, (now) => {
    if (Math.floor((now * 10) / places) > Math.floor((accepted * 10) / places))
      tell.fact(`${Math.floor((now * 100) / places)} %`, `${now} of ${places} labels, ${handedIn} batches submitted`)
    accepted = now
  })
  const job = {
    ...{ challenge, task, seed, seen: { byItem: new Map<string, string>(), rows: [] } },
    ...{ onDone: () => {}, over: () => accepted >= places },
  } satisfies Job
  const queue = [...people, ...people]
  const one = async () => {
    for (let person = queue.shift(); person !== undefined && !job.over(); person = queue.shift())
      await labelBatches(system, person, job, {
        most: queue.length > people.length ? 1 : MOST_BATCHES,
        onHanded: () => handedIn++,
      })
  }
  await tell.during(
    'labelers at work',
    () => Promise.all(Array.from({ length: AT_ONCE }, one)),
    () => `${accepted} of ${places} labels in epochs that are posted, ${handedIn} batches submitted`,
  )
  watching.abort()
  await watched

  tell.chapter('Each epoch the oracle posts one root')
  const earned = await tell.during('waiting for the last epoch', async () =>
    settled(system, challenge, rate * BigInt(Math.min(places, await acceptedInAll(url, challenge)))),
  )
  tell.fact('epochs', `${earned.epochs}; ${money(earned.total)} earned`)
  const own: Awaited<ReturnType<typeof ownOf>>[] = []
  const asking = [...people]
  const ask = async () => {
    for (let person = asking.pop(); person; person = asking.pop()) own.push(await ownOf(system, challenge, person))
  }
  await tell.during(
    'the oracle is asked what became of each batch',
    () => Promise.all(Array.from({ length: AT_ONCE }, ask)),
    () => `${own.length} of ${people.length}`,
  )
  const done = own.flatMap(({ person, batches }) =>
    batches.map(({ state, units = 0 }) => ({ person, units, accepted: state === 'accepted' })),
  )
  const kinds = byKind(people, done, rate, decimal)
  for (const [kind, { labelers, batches, rejected, earnedEach }] of Object.entries(kinds))
    tell.fact(
      kind,
      `${labelers} ${labelers === 1 ? 'labeler' : 'labelers'}, ${batches} ${batches === 1 ? 'batch' : 'batches'}, ${rejected} rejected; ${earnedEach} ${token.code} each`,
    )
  const state = await view(chain, views.state({ challenge }))
  const left = state.purse.escrow
  const fees = before - (await balances()) - prize
  tell.fact('chain fees', `${money(fees)}, of the maker and the oracle; none of the labelers`)
  const winners = own.filter(({ cumulative }) => cumulative >= LEAST_FOR_AN_ACCOUNT).slice(0, CLAIMS)
  let claims = 0
  const claimAll = async () => {
    for (const { person } of winners) {
      const labeler = person.signer.publicKey()
      const { amount } = await claim(system, { challenge, labeler }, maker)
      if ((await readBalance(chain, token, labeler)) === amount) claims++
    }
  }
  await tell.during('earnings are claimed', claimAll, () => `${claims} of ${winners.length}`)
  tell.fact(
    'claimed',
    `${claims} of ${winners.length} labelers were sent their money, by the maker; it made their accounts`,
  )

  tell.chapter('The task ends, and the labels are opened')
  const labels = await tell.during(
    'waiting for the end of the task, then for the labels',
    async () => {
      if (warp) await warp(deadline - (await readClock(chain)).closedAt + 1)
      return openedLabels(system, challenge, deadline - closedAt)
    },
    leftUntil(warp ? undefined : deadline - (await readClock(chain)).closedAt),
  )
  const skene = agree(labels, 'dawid-skene')
  const counts = Map.groupBy(labels.votes, ({ item }) => item)
  const uncovered = [...labels.items.keys()].filter((id) => (counts.get(id)?.length ?? 0) !== task.overlap)
  const files = await exportLabels(
    { labels, items: skene, method: 'dawid-skene', gateway: system.gateways[0] ?? '' },
    'csv',
  )
  const alpha = krippendorffAlpha(votesOf(labels))
  const [accuracyMajority, accuracyDawidSkene, accuracyPooledDawidSkene] = [
    accuracyOf(agree(labels, 'majority'), task.truth),
    accuracyOf(skene, task.truth),
    accuracyOf(agree(labels, 'pooled-dawid-skene'), task.truth),
  ]
  const paidUnits = done.reduce((all, { units }) => all + units, 0)
  const exported =
    files.length > 0 && labels.missing.length === 0 && labels.refused.length === 0 && labels.votes.length === paidUnits
  tell.fact('coverage', `${task.items - uncovered.length} of ${task.items} items have their ${task.overlap} labels`)
  tell.fact(
    'consensus',
    `right by majority ${percent(accuracyMajority)}, by Dawid–Skene ${percent(accuracyDawidSkene)}, pooled ${percent(accuracyPooledDawidSkene)}`,
  )
  const verified = await tell.during('amounts are recomputed', () =>
    amountsFollow(system, challenge, earned.epochs, labels, rate),
  )
  tell.check(
    verified,
    'every amount under the root on the chain follows from the opened labels',
    `${labels.votes.length} votes`,
  )
  tell.check(exported, 'every paid label is in the export', `${files.length} files`)
  return {
    ...{ challengeId: challenge, items: task.items, overlap: task.overlap, labelers, batches: done.length, paidUnits },
    rejectedBatches: done.filter(({ accepted }) => !accepted).length,
    ...{
      coverage: (task.items - uncovered.length) / task.items,
      uncovered,
      alpha,
      accuracyMajority,
      accuracyDawidSkene,
      accuracyPooledDawidSkene,
    },
    costPerLabel: decimal((earned.total + fees) / BigInt(Math.max(1, paidUnits))),
    ...{ chainFees: decimal(fees), asset: token.code, exported, verified },
    money: { paidIn: decimal(prize), paid: decimal(earned.total), left: decimal(left) },
    ...{ kinds, seconds: Math.round((performance.now() - began) / 1_000), epochs: earned.epochs, claims },
  }
}

async function labelBatches(
  system: StellarTrain,
  person: Person,
  job: Job,
  { most, onHanded }: { most: number; onHanded: () => void },
): Promise<void> {
  const { challenge, over } = job
  const { signer } = person
  let count = 0
  while (count < most && !over()) {
    const drafts = memoryDrafts()
    try {
      const { rows } = await readWork(system, { challenge }, { signer, drafts })
      const ids = rows.map(([id]) => id!)
      const answers = answersTo(ids, person, job)
      const csv = new TextEncoder().encode(`id,answer\n${ids.map((id, at) => `${id},${answers[at]}`).join('\n')}\n`)
      await handInBatch(system, { challenge, csv, signer, drafts })
      count++
      onHanded()
    } catch (error) {
      const { code, retryable } = error as { code?: string; retryable?: boolean }
      if (code === 'no_attempts_left') break
      // The same labeler may still be at work on another of its turns.
      if (!retryable && code !== 'lease_expired') throw error
      await sleep(PAUSE_MS)
    }
  }
}

async function ownOf(system: StellarTrain, challenge: number, person: Person) {
  const { batches, cumulative } = await readOwnWork(system, { challenge, labeler: person.signer.publicKey() })
  return { person, batches, cumulative: BigInt(cumulative) }
}

async function oracleUrl({ chain }: StellarTrain, oracle: string): Promise<string> {
  const { versions } = await view(chain, views.oracle({ oracle }))
  return (await view(chain, views.oracleKey({ oracle, version: versions }))).url
}

async function watchCoverage(
  url: string,
  challenge: number,
  signal: AbortSignal,
  told: (accepted: number) => void,
): Promise<void> {
  while (!signal.aborted) {
    const answer = await fetch(endpoint(url, `/v1/tasks/challenges/${challenge}`)).catch(() => undefined)
    if (answer?.ok) told(((await answer.json()) as { accepted: number }).accepted)
    await sleep(PAUSE_MS, signal).catch(() => {})
  }
}

/** Accepted labels once no batch waits for its epoch: before that the counts leave it out. */
async function acceptedInAll(url: string, challenge: number): Promise<number> {
  for (const until = Date.now() + WAIT_MS; ; await sleep(PAUSE_MS)) {
    const answer = await fetch(endpoint(url, `/v1/tasks/challenges/${challenge}`)).catch(() => undefined)
    const counts = answer?.ok ? ((await answer.json()) as { accepted: number; waiting: number }) : undefined
    if (counts?.waiting === 0) return counts.accepted
    if (Date.now() > until)
      throw new Error(
        `the oracle at ${url} ${counts ? `still has ${counts.waiting} batches without an epoch` : 'does not say what it accepted'}`,
      )
  }
}

/** Until all that was accepted is earned. */
async function settled(system: StellarTrain, challenge: number, wanted: bigint) {
  for (const until = Date.now() + WAIT_MS; ; await sleep(PAUSE_MS)) {
    const earned = await view(system.chain, views.earnings({ challenge }))
    if (earned.total >= wanted || Date.now() > until) return earned
  }
}

/** Whether each leaf of the posted tree is the rate for each of the labeler's opened answers. */
async function amountsFollow(
  system: StellarTrain,
  challenge: number,
  epochs: number,
  labels: Labels,
  rate: bigint,
): Promise<boolean> {
  const leaves = await readLeaves(system, challenge, epochs)
  const byLabeler = Map.groupBy(labels.votes, ({ labeler }) => labeler)
  const total = leaves.reduce((sum, { cumulative }) => sum + cumulative, 0n)
  return (
    total === rate * BigInt(labels.votes.length) &&
    leaves.every(({ labeler, cumulative }) => cumulative === rate * BigInt(byLabeler.get(labeler)?.length ?? 0))
  )
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
