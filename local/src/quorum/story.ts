/** A bounty graded by three oracles, of which one lies and one is killed: the solver is paid, and the records show who did what. */
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import {
  followEvents,
  fundWithFriendbot,
  readToken,
  sleep,
  toDecimal,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import { hasFlag } from '@stellartrain/contracts-client/rules'
import type { StellarTrain } from '@stellartrain/sdk'
import { closeChallenge } from '@stellartrain/sdk/challenge-admin'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { type SubmissionOverview, watchSubmission } from '@stellartrain/sdk/submission-status'
import { type SubmitOptions, type Submitted, submitFile } from '@stellartrain/sdk/submit'
import { verify } from '@stellartrain/sdk/verify'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { breastCancer } from '../challenges/breast-cancer.ts'
import { waitForOpening } from '../demo/loop.ts'
import type { Teller } from '../demo/teller.ts'
import { fitLogistic } from '../models/logistic.ts'
import { parseTable } from '../models/table.ts'
import { type OracleProcess, startOracleProcess } from './processes.ts'

export type Part = 'honest' | 'killed' | 'lying'

/** What the contract's records say of an oracle once the challenge is closed, and what it earned in it. */
export type Conduct = {
  address: string
  part: Part
  votes: number
  agreed: number
  disagreed: number
  missing: number
  unavailable: number
  /** Decimal, in `asset`. */
  fees: string
}

export type QuorumResult = {
  challengeId: number
  /** The solver's. */
  submissionId: number
  /** Of the liar's own wallet. */
  accompliceId: number
  /** Decimal, in `asset`. */
  paid: string
  accomplicePaid: string
  asset: string
  /** From the submission to its payment; a patience of the killed oracle's absence is in it. */
  secondsToPayment: number
  verified: boolean
  oracles: Conduct[]
}

const HOUR_MS = 3_600_000
/** Seconds; the least that the local network's contract takes. */
const PATIENCE = 10

/** `honest`: the address of the running system's own oracle. `folder` keeps logs and files of the two others. */
export async function walkQuorum(
  system: StellarTrain,
  honest: string,
  folder: string,
  tell: Teller,
): Promise<QuorumResult> {
  const { chain } = system
  const token = await readToken(chain, tokenContract(chain, 'XLM'))
  const money = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
  const [maker, solver, accomplice] = [Keypair.random(), Keypair.random(), Keypair.random()]
  const running: OracleProcess[] = []
  try {
    tell.chapter('Two more oracles: one will be killed, one lies')
    await Promise.all([maker, solver, accomplice].map((who) => fundWithFriendbot(chain, who.publicKey())))
    const [killed, lying] = (await Promise.all(
      (['killed', 'lying'] as const).map(async (part) => {
        const one = await startOracleProcess(system, { folder: join(folder, part), lies: part === 'lying' })
        running.push(one)
        return one
      }),
    )) as [OracleProcess, OracleProcess]
    const parts: [Part, string][] = [
      ['honest', honest],
      ['killed', killed.address],
      ['lying', lying.address],
    ]
    for (const [part, address] of parts) tell.fact(part, address)

    tell.chapter('A maker locks a prize; two of the three oracles must agree')
    const deadline = new Date(Date.now() + HOUR_MS)
    const oracles = parts.map(([, address]) => address)
    const plan = breastCancer({ oracles, deadline, patienceSeconds: PATIENCE })
    const prepared = await prepareChallenge(system, plan, maker.publicKey())
    const created = await createChallenge(system, prepared, maker)
    const { challenge } = created
    tell.fact('challenge', `${challenge}, “${plan.title}”`)
    await waitForAcceptance(system, challenge)
    tell.fact('accepted', 'by all three; the challenge key is shared among them')

    tell.chapter('One oracle is killed; the liar’s own wallet and an honest solver submit')
    await killed.kill()
    const [train, test, junk] = ['train', 'test', 'sample_submission'].map(
      (role) => plan.datasets.find((one) => one.role === role)!.bytes,
    )
    const text = (bytes: Uint8Array | undefined) => parseTable(new TextDecoder().decode(bytes))
    const bad = await stands(system, { challenge, csv: junk!, signer: accomplice })
    const first = bad.submitted
    tell.fact(`#${first.number}`, 'the baseline, by a wallet of the liar')
    const csv = fitLogistic(text(train), text(test), 'malignant')
    const good = await stands(system, { challenge, csv, signer: solver })
    const mine = good.submitted
    tell.fact(`#${mine.number}`, 'a fitted model, by the solver')
    await Promise.all([bad.handedOut, good.handedOut])

    tell.chapter('The honest oracle and the liar disagree, and a verdict needs two equal votes')
    const kept = await passedOver(system, challenge, first)
    tell.fact(`#${first.number}`, kept ? 'passed over after two patiences; a place is kept for it' : 'passed over')

    tell.chapter('The killed oracle is started again, reads its share of the key from the ledger and votes')
    await killed.start()
    const won = await last(watchSubmission(system, { challenge, number: mine.number }, { pollMs: 300 }))
    const lost = await last(watchSubmission(system, { challenge, number: first.number }, { pollMs: 300 }))
    for (const { story } of [lost, won]) tell.fact(`#${story.number}`, `${story.label}: ${story.why ?? ''}`)
    if (!won.payment || !won.submitted) throw new Error(`The solver was not paid: ${won.story.sentence}`)

    tell.chapter('Anyone can check it; the maker closes, and the records show who did what')
    await waitForOpening(system, challenge, honest)
    const { verified } = await verify(
      system,
      { challenge, number: mine.number },
      { onCheck: ({ state, title }) => tell.check(state === 'passed', title, '') },
    )
    const rest = await closeChallenge(system, challenge, maker)
    tell.fact('closed', `${money(rest.amount)} of the fee budget back to the maker`)
    const fees = await feesOf(system, challenge, created.ledger)
    const conduct = await Promise.all(
      parts.map(async ([part, address]): Promise<Conduct> => {
        const record = await view(chain, views.oracle({ oracle: address }))
        const { votes, agreed, disagreed, missing, unavailable } = record
        const earned = toDecimal(fees.get(address) ?? 0n, token.decimals)
        return { address, part, votes, agreed, disagreed, missing, unavailable, fees: earned }
      }),
    )
    const paidTo = ({ story }: SubmissionOverview) => toDecimal(story.amounts.prize, token.decimals)
    return {
      challengeId: challenge,
      submissionId: mine.number,
      accompliceId: first.number,
      paid: paidTo(won),
      accomplicePaid: paidTo(lost),
      asset: token.code,
      secondsToPayment: Math.round(Date.parse(won.payment.at) / 1_000) - (submittedAt(won) ?? 0),
      verified,
      oracles: conduct,
    }
  } finally {
    await Promise.allSettled(running.map((one) => one.stop()))
  }
}

/** Submits, and returns once it stands in the ledger; to hand out the file takes longer while an oracle does not answer. */
export function stands(
  system: StellarTrain,
  options: SubmitOptions,
): Promise<{ submitted: Submitted; handedOut: Promise<Submitted> }> {
  return new Promise((resolve, reject) => {
    const handedOut: Promise<Submitted> = submitFile(system, {
      ...options,
      onProgress: (progress) => progress.step === 'submitted' && resolve({ submitted: progress.submitted, handedOut }),
    })
    handedOut.catch(reject)
  })
}

/** Waits until the queue has moved on without a submission. @returns whether a place is kept for it. */
async function passedOver(
  { chain }: StellarTrain,
  challenge: number,
  { solver, attempt }: { solver: string; attempt: number },
): Promise<boolean> {
  for (;;) {
    const { flags, verdict } = await view(chain, views.submission({ challenge, solver, attempt }))
    if (hasFlag(flags, 'passed')) return hasFlag(flags, 'kept')
    if (verdict !== 0) throw new Error('Two of three oracles agreed without the one that was killed.')
    await sleep(500)
  }
}

/** What each oracle has withdrawn or may withdraw, base units. */
async function feesOf({ chain }: StellarTrain, challenge: number, startLedger: number): Promise<Map<string, bigint>> {
  const [{ terms }, { purse }] = await Promise.all([
    view(chain, views.challenge({ challenge })),
    view(chain, views.state({ challenge })),
  ])
  const fees = new Map(terms.oracles.map((oracle, place) => [oracle, purse.fees[place] ?? 0n]))
  for await (const event of followEvents(chain, { startLedger }, {}, { live: false }))
    if (event.type === 'fees_withdrawn' && event.challenge === challenge)
      fees.set(event.oracle, (fees.get(event.oracle) ?? 0n) + event.amount)
  return fees
}

async function last(overviews: AsyncIterable<SubmissionOverview>): Promise<SubmissionOverview> {
  let found: SubmissionOverview | undefined
  for await (const overview of overviews) found = overview
  if (!found) throw new Error('The submission’s story ended before it began.')
  return found
}

const submittedAt = ({ story }: SubmissionOverview) => story.steps.find(({ id }) => id === 'submitted')?.at
