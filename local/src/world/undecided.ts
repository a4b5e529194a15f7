/**
 * Challenges in which the oracles do not agree or do not vote: a place that is kept, a submission whose turn never came, one that
 * no one could fetch, one that stays unsettled, and the judge's time. Each story is one function; clocks move forward only.
 */
import type { Keypair } from '@stellar/stellar-sdk'
import { termsOf, Verdict, verdictOf, view, views } from '@stellartrain/contracts-client'
import { end, hasFlag } from '@stellartrain/contracts-client/rules'
import { readGateWasm, readJuryWasm } from '@stellartrain/contracts-client/wasm'
import { deployGate, inviteSolver } from '@stellartrain/sdk/gate'
import { rankAsJudge, ruleSubmissions } from '@stellartrain/sdk/judge'
import { deployJury } from '@stellartrain/sdk/jury'
import { type Hands, hands } from '../e2e/hands.ts'
import { bounty, guesses, predictions, ranking } from '../e2e/letters.ts'
import type { Parts } from '../e2e/parts.ts'
import type { People } from './people.ts'
import { concluded, reaches, send, sendNothing, type Work } from './send.ts'

const PATIENCE = 60
/** Two wrong labels of forty are good enough. */
const pair = {
  ...bounty,
  payout: { rule: 'bounty', reward: '5', winners: 2 } as const,
  threshold: '0.9',
  deposit: '1',
  patienceSeconds: PATIENCE,
}

/** The first submission waits for an oracle that is silent: a place is kept for it, and the second one is paid meanwhile. */
export async function keptPlace(parts: Parts, { maker, ada, grace }: People, beside: Hands) {
  const plan = { ...pair, title: 'Letters, a place is kept' }
  const challenge = await parts.open(maker, plan, beside)
  const first = await send(parts, challenge, ada, guesses(1))
  const second = await send(parts, challenge, grace, guesses(5))
  await beside.reject(beside.keys[0]!, first)
  await beside.agree(beside.keys[0]!, second)
  await parts.fixture.net.warp(2 * PATIENCE)
  await reaches(parts, first, ({ flags }) => hasFlag(flags, 'kept'))
  await reaches(parts, second, concluded)
  return { challenge, first, second }
}

/** The only place is taken before the second submission's turn. */
export async function neverItsTurn(parts: Parts, { maker, ada, grace }: People, beside: Hands) {
  const payout = { rule: 'bounty', reward: '5', winners: 1 } as const
  const challenge = await parts.open(maker, { ...pair, payout, title: 'Letters, one place' }, beside)
  const first = await send(parts, challenge, ada, guesses(2))
  const second = await send(parts, challenge, grace, guesses(6))
  await beside.agree(beside.keys[0]!, first)
  await reaches(parts, second, ({ verdict }) => verdict === Verdict.Void)
  return { challenge, first, second }
}

/** A submission whose file no one holds. */
export async function noFile(parts: Parts, { maker, linus }: People) {
  const challenge = await parts.open(maker, { ...pair, title: 'Letters, a file that no one holds' })
  const work = await sendNothing(parts, challenge, linus)
  await parts.fixture.net.warp(PATIENCE)
  await reaches(parts, work, ({ verdict }) => verdict === Verdict.Unavailable)
  return { challenge, work }
}

/** The oracles' time is over and the judge may rule on what they left. */
export async function judging(parts: Parts, { maker, judge, ada, grace }: People, beside: Hands) {
  const plan = { ...pair, title: 'Letters, before the judge', judge: { address: judge.publicKey() } }
  const challenge = await parts.open(maker, plan, beside)
  const works = [await send(parts, challenge, ada, guesses(3)), await send(parts, challenge, grace, guesses(7))]
  for (const work of works) await beside.reject(beside.keys[0]!, work)
  await parts.warpTo((await termsFor(parts, challenge)).gradeBy)
  return { challenge, works }
}

/** The same before a jury, whose first juror has voted, in a challenge with a gate that admits whom the maker invited. */
export async function beforeJury(parts: Parts, { maker, judge, ada, linus, nobody }: People, beside: Hands) {
  const { sdk } = parts
  const jurors = [judge, linus, nobody].map((juror) => juror.publicKey())
  const jury = await deployJury(sdk, { jurors, wasm: await readJuryWasm() }, maker)
  const wasm = await readGateWasm()
  const gate = await deployGate(sdk, { owner: maker.publicKey(), qualification: null, wasm }, maker)
  const named = { judge: { address: jury.contract }, gate: gate.contract }
  const challenge = await parts.open(maker, { ...pair, ...named, title: 'Letters, before the jury' }, beside)
  await inviteSolver(sdk, { gate: gate.contract, solver: ada.publicKey(), invited: true }, maker)
  const work = await send(parts, challenge, ada, guesses(3))
  await beside.reject(beside.keys[0]!, work)
  await parts.warpTo((await termsFor(parts, challenge)).gradeBy)
  await ballot(parts, linus, work)
  return { challenge, work }
}

/** What became, after the end, of work on which two of three oracles never agreed: with a judge and without, and in rankings. */
export async function leftUndecided(parts: Parts, people: People, beside: Hands) {
  const { maker, ada, grace, judge } = people
  const judged = { judge: { address: judge.publicKey() } }
  const ruled = await parts.open(maker, { ...pair, ...judged, title: 'Letters, the judge ruled' }, beside)
  const unsettled = await parts.open(maker, { ...pair, title: 'Letters, no one decided' }, beside)
  const byTable = await parts.open(maker, { ...ranking, title: 'Letters, by the running table' }, beside)
  const byJudge = await parts.open(maker, { ...ranking, ...judged, title: 'Letters, ranked by the judge' }, beside)

  const left = await send(parts, ruled, ada, guesses(4))
  const open = await send(parts, unsettled, ada, guesses(8))
  for (const challenge of [byTable, byJudge])
    for (const [solver, csv] of [
      [ada, predictions(0, 9)],
      [grace, predictions(1, 0)],
    ] as const)
      await beside.agree(beside.keys[0]!, await send(parts, challenge, solver, csv))

  const terms = await Promise.all([ruled, byJudge, unsettled, byTable].map((challenge) => termsFor(parts, challenge)))
  await parts.warpTo(Math.max(...terms.map(({ gradeBy }) => gradeBy)))
  await ballot(parts, judge, left)
  const rows = [grace, ada].map((solver, place) => ({
    ...{ solver: solver.publicKey(), attempt: 1 },
    score: 10_000_000n - BigInt(place) * 2_000_000n,
  }))
  await rankAsJudge(parts.sdk, { challenge: byJudge, rows, reasons: REASONS }, judge)
  await parts.warpTo(Math.max(...terms.map(end)))
  await reaches(parts, left, concluded)
  await reaches(parts, open, concluded)
  return { ruled, unsettled, byTable, byJudge }
}

/** The terms of a challenge, as the rules take them. */
export const termsFor = async ({ sdk }: Parts, challenge: number) =>
  termsOf((await view(sdk.chain, views.challenge({ challenge }))).terms)

/** The judge, or a juror, says what the oracle service had graded. */
async function ballot(parts: Parts, judge: Keypair, work: Work): Promise<void> {
  const { votes } = await reaches(parts, work, () => true)
  const verdict = verdictOf(votes[0]!)
  if (verdict.status === 'unavailable') throw new Error('The oracle service has not graded this.')
  const { challenge, number } = work
  await ruleSubmissions(parts.sdk, { challenge, ballots: [{ number, verdict }], reasons: REASONS }, judge)
}

const REASONS = new TextEncoder().encode('I read the file: it is good.\n')

/** Two oracles by hand, as all these stories need them. */
export const twoHands = (parts: Parts): Promise<Hands> => hands(parts.fixture, 2, parts.config.oracleUrls![0]!)
