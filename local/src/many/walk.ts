/** Many small challenges at once, each walked from its plan to the proof of the payment: created, submitted to twice, graded, paid, opened, verified. */
import { Keypair } from '@stellar/stellar-sdk'
import { fundWithFriendbot, readToken, toDecimal, tokenContract } from '@stellartrain/contracts-client'
import { formatUnits } from '@stellartrain/oracle-grade'
import type { StellarTrain } from '@stellartrain/sdk'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { type SubmissionOverview, watchSubmission } from '@stellartrain/sdk/submission-status'
import { submitFile } from '@stellartrain/sdk/submit'
import { verify } from '@stellartrain/sdk/verify'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { waitForOpening } from '../demo/loop.ts'
import type { Teller } from '../demo/teller.ts'
import { type Kind, kinds } from './kinds.ts'
import { scored, submissionOf } from './scored.ts'

export type Walked = {
  challenge: number
  title: string
  metric: string
  /** Decimal, as on the chain. */
  lost: string
  won: string
  paid: string
  verified: boolean
}

export type ManyResult = { challengeId: number; asset: string; challenges: Walked[] }

/** So many at the same time: one oracle grades them all. */
const AT_ONCE = 4
const HOUR_MS = 3_600_000
const REWARD = '5'

export async function walkMany(system: StellarTrain, oracle: string, tell: Teller): Promise<ManyResult> {
  const token = await readToken(system.chain, tokenContract(system.chain, 'XLM'))
  const waiting = kinds()
  const challenges: Walked[] = []
  tell.chapter(`${waiting.length} challenges of different kinds, ${AT_ONCE} at a time`)
  const work = async (): Promise<void> => {
    for (let kind = waiting.shift(); kind; kind = waiting.shift()) {
      const walked = await walk(system, oracle, kind, token.decimals)
      challenges.push(walked)
      const { challenge, title, metric, lost, won, paid } = walked
      tell.check(holds(walked), `${challenge} ${title}`, `${metric}: ${lost} lost, ${won} won ${paid} ${token.code}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  challenges.sort((a, b) => a.challenge - b.challenge)
  return { challengeId: challenges[0]?.challenge ?? 0, asset: token.code, challenges }
}

/** Whether one was paid what was promised, and the other nothing, and anyone can see that. */
export const holds = ({ paid, verified }: Walked): boolean => Number(paid) === Number(REWARD) && verified

async function walk(system: StellarTrain, oracle: string, kind: Kind, decimals: number): Promise<Walked> {
  const [maker, loser, winner] = [Keypair.random(), Keypair.random(), Keypair.random()]
  await Promise.all([maker, loser, winner].map((who) => fundWithFriendbot(system.chain, who.publicKey())))
  const { wins } = await scored(kind)
  const prepared = await prepareChallenge(
    system,
    {
      title: kind.title,
      summary: `A small challenge by ${kind.metric.id}.`,
      description: 'Made of a data set that is shipped with StellarTrain, to walk the whole loop.',
      ...{ license: 'CC0-1.0', tags: ['demo'] },
      datasets: [...kind.datasets],
      truth: kind.truth,
      submission: submissionOf(kind),
      metric: kind.metric,
      baseline: { description: 'None.', score: 0 },
      publishes: { truth: true, submissions: 'all' },
      // Exactly what the better file reaches.
      ...{ asset: 'XLM', payout: { rule: 'bounty', reward: REWARD, winners: 1 } },
      ...{ threshold: formatUnits(wins), step: '0.0000001' },
      ...{ attempts: 5, attemptsPerDay: 5, oracleFee: '0', feeBudget: '0' },
      ...{ oracles: [oracle], deadline: new Date(Date.now() + HOUR_MS) },
    },
    maker.publicKey(),
  )
  const { challenge } = await createChallenge(system, prepared, maker)
  await waitForAcceptance(system, challenge)
  const submit = async (signer: Keypair, csv: Uint8Array): Promise<SubmissionOverview> => {
    const { number } = await submitFile(system, { challenge, csv, signer })
    let last: SubmissionOverview | undefined
    for await (const path of watchSubmission(system, { challenge, number }, { pollMs: 300 })) last = path
    if (last?.story.score == null) throw new Error(`${kind.title}: ${last?.story.sentence ?? 'the path ended'}`)
    return last
  }
  const lost = await submit(loser, kind.loses)
  const won = await submit(winner, kind.wins)
  await waitForOpening(system, challenge, oracle)
  const checked = await Promise.all([lost, won].map(({ number }) => verify(system, { challenge, number })))
  return {
    challenge,
    title: kind.title,
    metric: kind.metric.id,
    lost: formatUnits(lost.story.score ?? 0n),
    won: formatUnits(won.story.score ?? 0n),
    paid: toDecimal(lost.story.amounts.prize + won.story.amounts.prize, decimals),
    verified: checked.every(({ verified }) => verified) && lost.story.amounts.prize === 0n,
  }
}
