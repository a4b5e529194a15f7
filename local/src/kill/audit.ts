/** Afterwards: whether the chain, every balance, the oracles' records and the indexer's tables all tell the same story. */
import type { Keypair } from '@stellar/stellar-sdk'
import {
  type ContractEvent,
  followEvents,
  readBalance,
  readSubmissions,
  readToken,
  type State,
  sleep,
  standingOf,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import { hasFlag, type Standing, same as sameVerdict, statusName } from '@stellartrain/contracts-client/rules'
import type { StellarTrain as Sdk } from '@stellartrain/sdk'
import type { Submitted } from '@stellartrain/sdk/submit'
import { auditConduct, type Conduct } from './conduct.ts'
import type { Crew } from './crew.ts'
import type { Story } from './story.ts'

export type Audit = {
  problems: string[]
  submissions: number
  paid: number
  events: number
  /** In the order of the terms. */
  oracles: Conduct[]
}

/** A submission as its solver knows it. */
export type Made = { solver: Keypair; csv: Uint8Array; submitted: Submitted }

/** Waits until every submission is final on-chain. @throws Error when the queue stands still. */
export async function waitUntilFinal(sdk: Sdk, story: Story, withinMs: number): Promise<void> {
  for (const until = Date.now() + withinMs; ; ) {
    // The network may be dead at this moment, and comes back.
    const state = await view(sdk.chain, views.state({ challenge: story.challenge })).catch(() => undefined)
    if (state && state.concluded === state.submitted) return
    if (Date.now() > until) throw new Error(`only ${state?.concluded} of ${state?.submitted} submissions became final`)
    await sleep(500)
  }
}

/** Once the maker has closed the challenge. */
export async function audit(sdk: Sdk, story: Story, crew: Crew, made: Made[]): Promise<Audit> {
  const problems: string[] = []
  const expect = (ok: boolean, problem: string) => void (ok || problems.push(problem))
  const { challenge } = story
  const token = await readToken(sdk.chain, tokenContract(sdk.chain, `${story.asset.code}:${story.asset.issuer}`))

  // The chain: every submission that a solver was told of is there once, and no other.
  const state = await view(sdk.chain, views.state({ challenge }))
  expect(
    state.submitted === made.length,
    `${made.length} submissions were made and ${state.submitted} are on the chain`,
  )
  const numbers = new Set(made.map((one) => one.submitted.number))
  expect(numbers.size === made.length, 'two submissions have one number')
  const stored = await readSubmissions(
    sdk.chain,
    challenge,
    made.map(({ submitted }) => ({ solver: submitted.solver, attempt: submitted.attempt })),
  )

  // The verdicts: each is what an honest oracle says of the file, whatever the others voted.
  for (const [i, one] of stored.entries()) {
    const honest = story.honestly(made[i]!.csv)
    expect(
      sameVerdict(standingOf(one), honest),
      `submission ${one.number} stands ${shown(standingOf(one))}; an honest oracle says ${shown(honest)}`,
    )
  }

  // Of three oracles two differ and one was away: everything waited for it, and was passed over meanwhile.
  if (crew.oracles.length === 3)
    for (const one of stored) expect(hasFlag(one.flags, 'passed'), `submission ${one.number} was not passed over`)

  // The money: each solver has what its verdicts say, the contract what its counters say.
  let paid = 0
  for (const solver of story.solvers) {
    const own = stored.filter((_, i) => made[i]?.solver.publicKey() === solver.publicKey())
    const wins = own.filter((one) => hasFlag(one.flags, 'prizePaid')).length
    const scored = own.filter((one) => statusName(one.verdict) === 'scored').length
    expect(wins <= 1, `${solver.publicKey()} was paid ${wins} prizes`)
    const due = story.before + BigInt(wins) * story.reward - BigInt(own.length - scored) * story.deposit
    const has = await readBalance(sdk.chain, token, solver.publicKey())
    expect(has === due, `${solver.publicKey()} has ${has} and should have ${due}`)
    paid += wins
  }
  let [holds, owed]: [bigint | null, bigint] = [null, 0n]
  for (let tries = 0; tries < 5 && holds !== owed; tries++) {
    // Two reads are of two ledgers, and an oracle may have withdrawn its fees between them.
    ;[holds, owed] = [
      await readBalance(sdk.chain, token, sdk.chain.network.contract),
      await owedBy(sdk, token.contract),
    ]
  }
  expect(holds === owed, `the contract holds ${holds} and its counters say ${owed}`)

  // The events: the API has each of the chain's exactly once, in its order.
  const chain: ContractEvent[] = []
  for await (const event of followEvents(sdk.chain, { startLedger: 1 }, {}, { live: false })) chain.push(event)
  const api = await eventIds(sdk, chain.at(-1)?.ledger ?? 0)
  expect(new Set(api).size === api.length, 'the API has an event twice')
  expect(
    api.join() === chain.map((event) => event.id).join(),
    `the API has ${api.length} events and the chain ${chain.length}`,
  )

  // The oracles, and the maker, who bears their fees and has all that was not won.
  const conduct = await auditConduct(sdk, story, crew, { token, submissions: made.length, events: chain })
  problems.push(...conduct.problems)
  const fees = conduct.oracles.reduce((sum, one) => sum + one.fees, 0n)
  const lost = stored.filter((one) => statusName(one.verdict) !== 'scored').length
  const makerHas = await readBalance(sdk.chain, token, story.maker.publicKey())
  const makerDue = story.makerBefore - BigInt(paid) * story.reward - fees + BigInt(lost) * story.deposit
  expect(makerHas === makerDue, `the maker has ${makerHas} and should have ${makerDue}`)

  // The projections: what the API says of each submission is what the contract says.
  const rows = await submissionsOfApi(sdk, challenge)
  for (const [i, one] of stored.entries()) {
    const row = rows.get(one.number)
    const status = statusName(one.verdict)
    expect(row !== undefined, `the API does not know submission ${one.number}`)
    if (!row) continue
    expect(row.solver === made[i]?.submitted.solver, `the API has another solver for submission ${one.number}`)
    expect(row.status === status, `submission ${one.number}: API ${row.status}, chain ${status}`)
    expect(
      (row.score?.units ?? '0') === String(one.score),
      `submission ${one.number}: API ${row.score?.units}, chain ${one.score}`,
    )
    expect(
      (row.payment !== null) === (hasFlag(one.flags, 'prizePaid') || status === 'scored'),
      `submission ${one.number}: payment differs`,
    )
  }
  return { problems, submissions: made.length, paid, events: chain.length, oracles: conduct.oracles }
}

const shown = (said: Standing) => (said.status === 'scored' ? `scored ${said.score}` : said.status)

/** Everything that the contract holds for one challenge, base units. */
function totalOf({ fees, ...counters }: State['purse']): bigint {
  return [...Object.values(counters), ...fees].reduce((sum, amount) => sum + amount, 0n)
}

/** All ids that the API has, once it has ingested `ledger`. */
async function eventIds(sdk: Sdk, ledger: number): Promise<string[]> {
  await waitForLedger(sdk, ledger)
  return (await pages<{ id: string }>(sdk, '/v1/events')).map((event) => event.id)
}

async function waitForLedger(sdk: Sdk, ledger: number): Promise<void> {
  for (let waited = 0; waited < 120; waited++) {
    const status = await fetch(`${sdk.config.apiUrl}/status`)
      .then((response) => response.json() as Promise<{ _meta: { ledger: number } }>)
      .catch(() => null)
    if (status && status._meta.ledger >= ledger) return
    await sleep(500)
  }
  throw new Error('the indexer did not catch up within a minute')
}

type ApiSubmission = {
  number: number
  solver: string
  status: string
  score: { units: string } | null
  payment: unknown
}

async function submissionsOfApi(sdk: Sdk, challenge: number): Promise<Map<number, ApiSubmission>> {
  const rows = await pages<ApiSubmission>(sdk, `/v1/challenges/${challenge}/submissions`)
  return new Map(rows.map((row) => [row.number, row]))
}

async function pages<T>(sdk: Sdk, path: string): Promise<T[]> {
  const rows: T[] = []
  let cursor: string | null = null
  do {
    const query = new URLSearchParams({ limit: '200', ...(cursor ? { cursor } : {}) })
    const response = await fetch(`${sdk.config.apiUrl}${path}?${query}`)
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    const page = (await response.json()) as { data: T[]; next: string | null }
    rows.push(...page.data)
    cursor = page.next
  } while (cursor)
  return rows
}

/** What the contract owes in one asset, by the counters of all challenges. */
async function owedBy(sdk: Sdk, asset: string): Promise<bigint> {
  let owed = 0n
  for (let id = 1; id <= (await view(sdk.chain, views.challenges())); id++) {
    const { terms } = await view(sdk.chain, views.challenge({ challenge: id }))
    if (terms.token !== asset) continue
    owed += totalOf((await view(sdk.chain, views.state({ challenge: id }))).purse)
  }
  return owed
}
