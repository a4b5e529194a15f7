/** Solvers who submit to one challenge of XLM while containers are killed, and what must be true of the money afterwards. */
import { Keypair } from '@stellar/stellar-sdk'
import {
  ContractError,
  fundWithFriendbot,
  readBalance,
  readSubmissions,
  readToken,
  type State,
  sleep,
  tokenContract,
  view,
  views,
} from '@stellartrain/contracts-client'
import { hasFlag } from '@stellartrain/contracts-client/rules'
import { memoryDrafts, type StellarTrain } from '@stellartrain/sdk'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'
import { type Submitted, submitFile } from '@stellartrain/sdk/submit'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { breastCancer } from '../challenges/breast-cancer.ts'
import { fitLogistic } from '../models/logistic.ts'
import { parseTable } from '../models/table.ts'

/** `files`: one for each solver, since the same predictions are paid once. */
export type Story = { challenge: number; solvers: Keypair[]; maker: Keypair; files: Uint8Array[] }

const DAY_MS = 86_400_000
const PATIENT_MS = 900_000

export async function openStory(sdk: StellarTrain, oracles: string[], count: number): Promise<Story> {
  const maker = Keypair.random()
  const solvers = Array.from({ length: count }, () => Keypair.random())
  for (const who of [maker, ...solvers]) await fundWithFriendbot(sdk.chain, who.publicKey())
  const plan = breastCancer({
    oracles,
    deadline: new Date(Date.now() + DAY_MS),
    title: 'Breast cancer, while containers are killed',
    winners: count,
    // A file that is not handed out in time earns nothing, and here its takers are being killed.
    patienceSeconds: 600,
  })
  const prepared = await prepareChallenge(sdk, plan, maker.publicKey())
  const { challenge } = await createChallenge(sdk, prepared, maker)
  await waitForAcceptance(sdk, challenge)
  const [train, test] = ['train', 'test'].map((role) => {
    const dataset = plan.datasets.find((one) => one.role === role)
    return parseTable(new TextDecoder().decode(dataset?.bytes))
  })
  const csv = fitLogistic(train!, test!, 'malignant')
  return { challenge, maker, solvers, files: solvers.map((_, index) => variant(csv, index)) }
}

/** The same predictions but for one more digit in one of them. */
function variant(csv: Uint8Array, index: number): Uint8Array {
  const lines = new TextDecoder().decode(csv).split('\n')
  const decimal = lines.flatMap((line, at) => (/\.\d+$/.test(line) ? [at] : []))[index] ?? 1
  return new TextEncoder().encode(lines.map((line, at) => (at === decimal ? `${line}1` : line)).join('\n'))
}

/** Repeated until it stands, as a person would press the button again; the draft keeps it from counting twice. */
export async function submitStubbornly(
  sdk: StellarTrain,
  { challenge, files, solvers }: Story,
  signer: Keypair,
): Promise<Submitted> {
  const drafts = memoryDrafts()
  const csv = files[solvers.indexOf(signer)]!
  for (const until = Date.now() + PATIENT_MS; ; await sleep(500)) {
    try {
      return await submitFile(sdk, { challenge, csv, signer, drafts })
    } catch (error) {
      if (error instanceof ContractError || Date.now() > until) throw error
    }
  }
}

/** @throws Error when a submission is not final in time */
export async function waitUntilFinal(sdk: StellarTrain, { challenge }: Story): Promise<void> {
  for (const until = Date.now() + PATIENT_MS; ; await sleep(500)) {
    const state = await view(sdk.chain, views.state({ challenge })).catch(() => null)
    if (state && state.concluded === state.submitted) return
    if (Date.now() > until)
      throw new Error(`only ${state?.concluded} of ${state?.submitted} submissions became final in time`)
  }
}

/** The money as it stands on-chain, in stroops: what each account and the contract have, and what the contract owes. */
export type Money = { contract: string; owed: string; accounts: Record<string, string> }

export async function moneyOf(sdk: StellarTrain, { maker, solvers }: Story): Promise<Money> {
  const token = await readToken(sdk.chain, tokenContract(sdk.chain, 'XLM'))
  const balance = async (of: string) => String((await readBalance(sdk.chain, token, of)) ?? 0n)
  let owed = 0n
  for (let challenge = 1; challenge <= (await view(sdk.chain, views.challenges())); challenge++)
    owed += purseTotal((await view(sdk.chain, views.state({ challenge }))).purse)
  const accounts: Record<string, string> = {}
  for (const who of [maker, ...solvers]) accounts[who.publicKey()] = await balance(who.publicKey())
  return { contract: await balance(sdk.chain.network.contract), owed: String(owed), accounts }
}

function purseTotal({ fees, ...counters }: State['purse']): bigint {
  return [...Object.values(counters), ...fees].reduce((sum, amount) => sum + amount, 0n)
}

/** What is wrong: every submission is on the chain once and was paid once, and the contract has what it owes. */
export async function problemsOf(sdk: StellarTrain, story: Story, made: readonly Submitted[]): Promise<string[]> {
  const problems: string[] = []
  const { challenge } = story
  const state = await view(sdk.chain, views.state({ challenge }))
  if (state.submitted !== made.length)
    problems.push(`${made.length} submissions were made and ${state.submitted} are on the chain`)
  const keys = made.map(({ solver, attempt }) => ({ solver, attempt }))
  for (const one of await readSubmissions(sdk.chain, challenge, keys))
    if (!hasFlag(one.flags, 'prizePaid')) problems.push(`submission ${one.number} was not paid`)
  const { contract, owed } = await moneyOf(sdk, story)
  if (contract !== owed) problems.push(`the contract holds ${contract} stroops and its counters say ${owed}`)
  const shown = await shownBy(sdk, challenge)
  if (shown !== made.length) problems.push(`the API shows ${shown} paid submissions of ${made.length}`)
  return problems
}

/** How many paid submissions the API shows, once it shows what the chain has. */
async function shownBy(sdk: StellarTrain, challenge: number): Promise<number> {
  let paid = 0
  const { submitted } = await view(sdk.chain, views.state({ challenge }))
  for (const until = Date.now() + PATIENT_MS; Date.now() < until; await sleep(500)) {
    const url = `${sdk.config.apiUrl}/v1/challenges/${challenge}/submissions?limit=200`
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => null)
    if (!answer?.ok) continue
    const { data } = (await answer.json()) as { data: { payment: unknown; decision: unknown }[] }
    paid = data.filter(({ payment }) => payment !== null).length
    if (data.filter(({ decision }) => decision !== null).length === submitted) break
  }
  return paid
}
