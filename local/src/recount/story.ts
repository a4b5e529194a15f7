/**
 * A bounty whose judge is the contract that grades: two of three oracles fall silent, the third one opens the truth by itself, solvers open
 * their work, and the ledger scores it and pays the right one.
 */
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import {
  type Call,
  ContractError,
  fundWithFriendbot,
  invoke,
  readBalance,
  readClock,
  readToken,
  scoreToDecimal,
  sleep,
  submit,
  toDecimal,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import { recountAt } from '@stellartrain/contracts-client/recount'
import type { StellarTrain } from '@stellartrain/sdk'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { memoryDrafts } from '@stellartrain/sdk/drafts'
import { appealSubmission, type HandedForm, handedTruth, handedWork } from '@stellartrain/sdk/recount'
import { readRecount } from '@stellartrain/sdk/recount-standing'
import { type SubmissionOverview, watchSubmission } from '@stellartrain/sdk/submission-status'
import { verify } from '@stellartrain/sdk/verify'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { breastCancer } from '../challenges/breast-cancer.ts'
import { waitForOpening } from '../demo/loop.ts'
import { leftUntil, type Teller } from '../demo/teller.ts'
import { fitLogistic } from '../models/logistic.ts'
import { parseTable } from '../models/table.ts'
import { type OracleProcess, startOracleProcess } from '../quorum/processes.ts'
import { stands } from '../quorum/story.ts'

export type RecountResult = {
  challengeId: number
  judge: string
  /** Of the solver that is paid. */
  submissionId: number
  /** Decimal, as the ledger computed them, by number. */
  scores: Record<number, string>
  /** Decimal, in `asset`, by number. */
  paid: Record<number, string>
  asset: string
  verified: boolean
  tamperedRejected: boolean
  /** Names of the errors with which the contract refused. */
  refused: { forgedTruth: string; changedPrediction: string; copiedCommitment: string }
}

/** Seconds; the least that the local network's contract takes. */
const PATIENCE = 10
/** Three oracles look at the challenge and four people submit in it; solvers open their work in the judge's time. Where the clock can be moved no one waits. */
const OPEN = { own: 900, others: 180 }
const JUDGING = { own: 1_200, others: 120 }
const ATTEMPTS = 1

export type RecountOptions = {
  /** Keeps logs and files of the two oracles that fall silent. */
  folder: string
  tell: Teller
  /** Moves the network's clock, where that is possible. */
  warp?: ((seconds: number) => Promise<void>) | undefined
}

/** `third`: the address of the running system's own oracle, which stays. */
export async function walkRecount(
  system: StellarTrain,
  third: string,
  { folder, tell, warp }: RecountOptions,
): Promise<RecountResult> {
  const { chain } = system
  const token = await readToken(chain, tokenContract(chain, 'XLM'))
  const money = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
  const people = Array.from({ length: 6 }, () => Keypair.random())
  const [maker, stranger, thief, ...solvers] = people as [Keypair, Keypair, Keypair, ...Keypair[]]
  const running: OracleProcess[] = []
  try {
    tell.chapter('Two more oracles, which will fall silent')
    await Promise.all(people.map((who) => fundWithFriendbot(chain, who.publicKey())))
    const silent = await Promise.all(
      ['first', 'second'].map(async (name) => {
        const one = await startOracleProcess(system, { folder: join(folder, name) })
        running.push(one)
        return one
      }),
    )
    for (const { address } of silent) tell.fact('silent', address)
    tell.fact('third', third)

    tell.chapter('A maker locks a prize and names the ledger as the judge: "judge": "recount"')
    const now = (await readClock(chain)).closedAt
    const at = (seconds: number) => new Date(1_000 * (now + seconds))
    const [open, judging] = warp ? [OPEN.own, JUDGING.own] : [OPEN.others, JUDGING.others]
    const gradeBy = open + 4 * PATIENCE
    const plan = breastCancer({
      ...{ oracles: [...silent.map(({ address }) => address), third], patienceSeconds: PATIENCE },
      ...{ deadline: at(open), acceptBy: at(open - PATIENCE), gradeBy: at(gradeBy) },
      judge: { address: 'recount', judgeBy: at(gradeBy + judging) },
    })
    const prepared = await prepareChallenge(system, plan, maker.publicKey())
    const { challenge, hash, configured } = await createChallenge(system, prepared, maker)
    const judge = prepared.recount?.judge ?? ''
    tell.fact('challenge', `${challenge}, “${plan.title}”; transaction ${hash}`)
    tell.fact('judge', `${judge}; its rules are fixed in transaction ${configured}`)
    await waitForAcceptance(system, challenge)
    tell.fact('accepted', 'by all three; each looked whether the judge scores as the manifest says')

    tell.chapter('The two oracles fall silent; three solvers submit, and one copies a commitment')
    await Promise.all(silent.map((one) => one.kill()))
    const works = await submitAll(system, { challenge, plan, solvers, thief })
    for (const { number, what } of works) tell.fact(`#${number}`, what)
    const [, winner] = works

    tell.chapter('Grading ends without a quorum; the third oracle opens the truth to the judge')
    await until(system, now + gradeBy, { warp, tell, what: 'waiting for the end of grading' })
    const ours = { challenge, solver: winner!.solver.publicKey(), attempt: ATTEMPTS }
    const { manifest, salt } = prepared
    const judgeCalls = recountAt(judge)
    const forgery = first(await handedTruth(manifest, withOneDigitChanged(plan.truth)))
    const forged = await refusalOf(system, stranger, judgeCalls.openTruth({ challenge, salt, ...forgery }))
    tell.check(forged === 'TruthMismatch', 'a forged truth is refused', forged)
    await tell.during('the oracle opens the truth', () =>
      waitFor(async () => (await readRecount(system, ours)).truth.open, 'the oracle to open the truth'),
    )
    tell.fact('truth', 'open, by the oracle itself: no one called it')

    tell.chapter('Changed and copied work is refused; three solvers open theirs, and the contract scores it')
    const { content, nonce } = winner!
    const better = first(await handedWork(manifest, withOneDigitChanged(content)))
    const changed = await refusalOf(
      system,
      stranger,
      judgeCalls.openWork({ ...ours, nonce: bytesOf(nonce), ...better }),
    )
    tell.check(changed === 'WorkMismatch', 'a changed prediction is refused', changed)
    const stolen = {
      ...ours,
      solver: thief.publicKey(),
      nonce: bytesOf(nonce),
      ...first(await handedWork(manifest, content)),
    }
    const copied = await refusalOf(system, thief, judgeCalls.openWork(stolen))
    tell.check(copied === 'WorkMismatch', 'a copied commitment is refused', copied)
    const opened = await Promise.all(
      works.map(({ solver, content, nonce }) =>
        appealSubmission(
          system,
          { challenge, solver: solver.publicKey(), attempt: ATTEMPTS },
          { content, nonce },
          solver,
        ),
      ),
    )
    for (const { number, score } of opened) tell.fact(`#${number}`, `scores ${scoreToDecimal(score)} on the ledger`)

    tell.chapter('Identical content would be a copy, so rulings come last; then the right solver is paid')
    await until(system, opened[0]?.ruledFrom ?? now + gradeBy, {
      warp,
      tell,
      what: 'waiting for the date of the first ruling',
    })
    await waitFor(async () => {
      const all = works.map(({ solver }) => readRecount(system, { ...ours, solver: solver.publicKey() }))
      return (await Promise.all(all)).every(({ work }) => work.ruled)
    }, 'the oracle to have all works ruled on')
    await until(system, now + gradeBy + judging, { warp, tell, what: 'waiting for the end of judging' })
    const overviews = await Promise.all(
      works.map(({ number }) => lastOf(watchSubmission(system, { challenge, number }, { pollMs: 500 }))),
    )
    const paidTo = ({ story }: SubmissionOverview) => toDecimal(story.amounts.prize, token.decimals)
    for (const { story } of overviews) tell.fact(`#${story.number}`, `${story.label}: ${story.why ?? story.sentence}`)
    tell.fact('balance', money((await readBalance(chain, token, winner!.solver.publicKey())) ?? 0n))

    tell.chapter('Anyone can check it, from the chain alone')
    await waitForOpening(system, challenge, third)
    const ref = { challenge, number: winner!.number }
    const honest = await verify(system, ref, {
      onCheck: ({ state, title, outlook }) => outlook === 'not_applicable' || tell.check(state === 'passed', title, ''),
    })
    const tampered = await verify(system, ref, { override: { submission: withOneDigitChanged(winner!.content) } })
    const caught = tampered.checks.find(({ state }) => state === 'failed')
    tell.check(tampered.refuted, 'a copy with one digit changed is refused', caught?.title ?? 'it was not noticed')

    return {
      challengeId: challenge,
      judge,
      submissionId: winner!.number,
      scores: Object.fromEntries(opened.map(({ number, score }) => [number, scoreToDecimal(score)])),
      paid: Object.fromEntries(overviews.map((one) => [one.story.number, paidTo(one)])),
      asset: token.code,
      verified: honest.verified,
      tamperedRejected: tampered.refuted,
      refused: { forgedTruth: forged, changedPrediction: changed, copiedCommitment: copied },
    }
  } finally {
    await Promise.allSettled(running.map((one) => one.stop()))
  }
}

/** A work as its solver keeps it. */
type Kept = { solver: Keypair; number: number; what: string; content: Uint8Array; nonce: string }

type Submitting = { challenge: number; plan: ReturnType<typeof breastCancer>; solvers: Keypair[]; thief: Keypair }

/** The baseline, a good model and a spoiled one, in this order; then somebody hands in the good one's commitment under its own name. */
async function submitAll(system: StellarTrain, { challenge, plan, solvers, thief }: Submitting): Promise<Kept[]> {
  const file = (role: string) => plan.datasets.find((one) => one.role === role)!.bytes
  const table = (role: string) => parseTable(new TextDecoder().decode(file(role)))
  const good = fitLogistic(table('train'), table('test'), 'malignant')
  const works: Kept[] = []
  for (const [place, { what, content }] of [
    { what: 'the baseline', content: file('sample_submission') },
    { what: 'a fitted model', content: good },
    { what: 'the model, with its first rows turned around', content: spoiled(good, 20) },
  ].entries()) {
    const solver = solvers[place]!
    const drafts = memoryDrafts()
    const { submitted, handedOut } = await stands(system, { challenge, csv: content, signer: solver, drafts })
    // Two of the oracles do not answer, so that handing it out takes as long as they have.
    handedOut.catch(() => {})
    const { number } = submitted
    const { passphrase: network, contract } = system.config
    const key = { network, contract, challenge, solver: solver.publicKey(), attempt: ATTEMPTS }
    const nonce = (await drafts.read(key))?.nonce
    if (!nonce) throw new Error('The draft of a submission does not keep its nonce.')
    works.push({ solver, number, what, content, nonce })
  }
  const { solver } = works[1]!
  const of = { challenge, solver: solver.publicKey(), attempt: ATTEMPTS }
  const { cid, commitment } = await view(system.chain, views.submission(of))
  const stolen = { ...of, solver: thief.publicKey(), cid, commitment, units: 0, carry: 0n }
  await invoke(system.chain, submit(stolen), thief)
  return works
}

/** The predictions of the first rows as they would be of the other class. */
function spoiled(csv: Uint8Array, rows: number): Uint8Array {
  const lines = new TextDecoder().decode(csv).split('\n')
  return new TextEncoder().encode(
    lines
      .map((line, at) => {
        const [id, value] = line.split(',')
        return at === 0 || at > rows || value === undefined ? line : `${id},${1 - Number(value)}`
      })
      .join('\n'),
  )
}

export function withOneDigitChanged(csv: Uint8Array): Uint8Array {
  const changed = new Uint8Array(csv)
  const digit = changed.lastIndexOf('\n'.charCodeAt(0)) - 1
  changed[digit] = changed[digit] === 0x31 ? 0x32 : 0x31
  return changed
}

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
const first = ({ chunks, hashes }: HandedForm) => ({ hashes, place: 0, chunk: chunks[0] ?? new Uint8Array() })

/** Name of the error with which the contract refuses a call. */
async function refusalOf({ chain }: StellarTrain, signer: Keypair, call: Call<unknown>): Promise<string> {
  try {
    await invoke(chain, call, signer)
    return 'it was taken'
  } catch (error) {
    if (error instanceof ContractError) return error.errorName
    throw error
  }
}

/** Until the network's clock is at a time, moved there where it can be. */
async function until(
  { chain }: StellarTrain,
  time: number,
  { warp, tell, what }: Pick<RecountOptions, 'warp' | 'tell'> & { what: string },
): Promise<void> {
  const left = async () => time - (await readClock(chain)).closedAt
  const seconds = await left()
  if (seconds > 0 && warp) await warp(seconds)
  const passed = () => waitFor(async () => (await left()) <= 0, 'the clock of the network', 600_000)
  await tell.during(what, passed, leftUntil(warp ? undefined : seconds))
}

async function waitFor(holds: () => Promise<boolean>, what: string, withinMs = 180_000): Promise<void> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(300)) if (await holds()) return
  throw new Error(`Waited in vain for ${what}.`)
}

async function lastOf(paths: AsyncIterable<SubmissionOverview>): Promise<SubmissionOverview> {
  let last: SubmissionOverview | undefined
  for await (const path of paths) last = path
  if (!last) throw new Error('The path of the submission ended before it began.')
  return last
}
