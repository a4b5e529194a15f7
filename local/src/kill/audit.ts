/** Afterwards: whether chain, solvers' balances, the contract's money and the indexer's tables all tell the same story. */
import type { Keypair } from '@stellar/stellar-sdk'
import {
  type ContractEvent,
  followEvents,
  readBalance,
  readSubmissions,
  readToken,
  type State,
  sleep,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import { hasFlag, statusName } from '@stellartrain/contracts-client/rules'
import type { StellarTrain as Sdk } from '@stellartrain/sdk'
import type { Submitted } from '@stellartrain/sdk/submit'
import type { Story } from './story.ts'

export type Audit = { problems: string[]; submissions: number; paid: number; events: number }

/** Waits until every submission is final on-chain. @throws Error when the queue stands still. */
export async function waitUntilFinal(sdk: Sdk, story: Story, withinMs: number): Promise<void> {
  for (const until = Date.now() + withinMs; ; ) {
    const state = await view(sdk.chain, views.state({ challenge: story.challenge }))
    if (state.concluded === state.submitted) return
    if (Date.now() > until) throw new Error(`only ${state.concluded} of ${state.submitted} submissions became final`)
    await sleep(500)
  }
}

export async function audit(sdk: Sdk, story: Story, made: { solver: Keypair; submitted: Submitted }[]): Promise<Audit> {
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
  let owed = 0n
  for (let id = 1; id <= (await view(sdk.chain, views.challenges())); id++) {
    const { terms } = await view(sdk.chain, views.challenge({ challenge: id }))
    if (terms.token !== token.contract) continue
    owed += totalOf((await view(sdk.chain, views.state({ challenge: id }))).purse)
  }
  const holds = await readBalance(sdk.chain, token, sdk.chain.network.contract)
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

  // The projections: what the API says of each submission is what the contract says.
  const shown = await submissionsOfApi(sdk, challenge)
  for (const [i, one] of stored.entries()) {
    const row = shown.get(one.number)
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
  return { problems, submissions: made.length, paid, events: chain.length }
}

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
