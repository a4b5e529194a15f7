/** Who voted what, counted from the ledger's events, against the fees and the records that the contract keeps of its oracles. */
import { type ContractEvent, readBalance, sleep, type Token, view, views } from '@stellartrain/contracts-client'
import { quorum, same, type Verdict } from '@stellartrain/contracts-client/rules'
import type { StellarTrain as Sdk } from '@stellartrain/sdk'
import type { Crew, Part } from './crew.ts'
import type { Story } from './story.ts'

/** Votes of one oracle, and what it earned, base units. */
export type Conduct = {
  address: string
  part: Part
  votes: number
  agreed: number
  disagreed: number
  unavailable: number
  missing: number
  fees: bigint
}

export async function auditConduct(
  sdk: Sdk,
  story: Story,
  { oracles }: Crew,
  { token, submissions, events }: { token: Token; submissions: number; events: readonly ContractEvent[] },
): Promise<{ problems: string[]; oracles: Conduct[] }> {
  const problems: string[] = []
  const counted = count(story, oracles, events)
  for (const [place, one] of counted.entries()) {
    const who = `the ${one.part} oracle ${one.address}`
    const expect = (ok: boolean, problem: string) => void (ok || problems.push(`${who} ${problem}`))
    const record = await view(sdk.chain, views.oracle({ oracle: one.address }))
    const earned = await earnedBy(sdk, story, token, place, one)
    expect(earned === one.fees, `has earned ${earned}, and its votes are worth ${one.fees}`)
    for (const name of ['votes', 'agreed', 'disagreed', 'unavailable', 'missing'] as const)
      expect(record[name] === one[name], `has ${record[name]} ${name} on record, and the events say ${one[name]}`)
    if (one.part === 'lying') expect(one.agreed === 0 && one.fees === 0n, 'lied and was believed')
    else expect(one.disagreed === 0, 'was honest and a quorum contradicted it')
    // Of three, each is needed for every verdict, or contradicts it; of five, three are enough.
    const votes = oracles.length < 5 ? submissions : one.part === 'absent' ? 0 : one.votes
    expect(one.votes === votes, `voted on ${one.votes} of ${submissions} submissions`)
  }
  return { problems, oracles: counted }
}

/** What an oracle may withdraw, and what it has more of the token than before: it withdraws by itself, at any moment. */
async function earnedBy(sdk: Sdk, story: Story, token: Token, place: number, one: Conduct): Promise<bigint> {
  for (let tries = 1; ; tries++) {
    const { purse } = await view(sdk.chain, views.state({ challenge: story.challenge }))
    const has = (await readBalance(sdk.chain, token, one.address)) ?? 0n
    const earned = (purse.fees[place] ?? 0n) + has - (story.oraclesBefore.get(one.address) ?? 0n)
    if (earned === one.fees || tries === 5) return earned
    await sleep(2_000)
  }
}

/** From the events alone: m equal votes are the verdict, and the first m of them are paid. */
function count(story: Story, oracles: Crew['oracles'], events: readonly ContractEvent[]): Conduct[] {
  const m = quorum({ oracles: oracles.map(({ address }) => address) })
  const none = { votes: 0, agreed: 0, disagreed: 0, unavailable: 0, missing: 0, fees: 0n }
  const conduct = oracles.map((oracle): Conduct => ({ ...oracle, ...none }))
  for (const votes of votesIn(story, oracles, events).values()) {
    const all = [...votes]
    const verdict = all.map(([, vote]) => vote).find((vote) => all.filter(([, one]) => same(one, vote)).length >= m)
    let paid = 0
    for (const [place, vote] of all) {
      const own = conduct[place]!
      own.votes += 1
      if (vote.status === 'unavailable') own.unavailable += 1
      if (!verdict) continue
      if (!same(vote, verdict)) own.disagreed += 1
      else {
        own.agreed += 1
        if (paid++ < m) own.fees += story.oracleFee
      }
    }
    if (verdict === undefined) for (const [place, own] of conduct.entries()) own.missing += Number(!votes.has(place))
  }
  return conduct
}

/** Each submission's votes by the oracles' places, in the order in which they were cast; an improved one stands where it was improved. */
function votesIn(
  { challenge }: Story,
  oracles: Crew['oracles'],
  events: readonly ContractEvent[],
): Map<number, Map<number, Verdict>> {
  const cast = new Map<number, Map<number, Verdict>>()
  for (const event of events) {
    if (event.type === 'challenge_closed' && event.challenge === challenge && event.folded) break
    if (event.type !== 'scored' || event.challenge !== challenge) continue
    const place = oracles.findIndex(({ address }) => address === event.oracle)
    for (const { number, says } of event.rows) {
      if (says.status !== 'scored' && says.status !== 'rejected' && says.status !== 'unavailable') continue
      const votes = cast.get(number) ?? new Map<number, Verdict>()
      votes.delete(place)
      votes.set(place, says)
      cast.set(number, votes)
    }
  }
  return cast
}
