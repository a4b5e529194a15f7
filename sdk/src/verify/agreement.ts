/** Whether other RPCs say the same: nothing in an RPC's answers is signed by the network, so one alone has to be believed. */
import {
  ChainFailure,
  type ContractEvent,
  hostOf,
  type Rpc,
  readOutcome,
  sleep,
  stored,
  termsOf,
} from '@stellartrain/contracts-client'
import { readHistory } from '../challenge/history.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { type Check, compare, failed, open } from './check.ts'
import type { Evidence } from './evidence.ts'
import { readMoment } from './moment.ts'
import { paymentClaims, transferredIn } from './payment.ts'

/** What one of them says, by what it is about. `from`: the first ledger whose events it still has. */
type Said = { parts: Record<string, unknown>; events: readonly ContractEvent[]; from: number }

/** How often two that differ are asked again, since one may be a ledger behind; and how often at most while the challenge moves. */
const TRIES = 5
const MOST_TRIES = 20
const BEHIND_MS = 1_000

/** One check for all of them. @throws ChainFailure when the client's own RPC cannot be read */
export async function checkAgreement(
  client: StellarTrain,
  evidence: Evidence,
  others: readonly Rpc[],
  { signal }: AbortOptions,
): Promise<Check> {
  const agreed: string[] = []
  for (const rpc of others) {
    const other = { ...client, chain: { ...client.chain, rpc } }
    try {
      const found = await compared(client, other, evidence, { signal })
      if (found.moving)
        return open('rpcs', 'not_final', `The challenge moves too quickly to compare ${hostOf(rpc.url)}.`)
      if (found.differ.length > 0)
        return failed('rpcs', 'the same from each RPC', `other ${found.differ.join(', ')} from ${hostOf(rpc.url)}`)
      agreed.push(found.note === null ? hostOf(rpc.url) : `${hostOf(rpc.url)} (${found.note})`)
    } catch (error) {
      if (signal?.aborted || !(error instanceof ChainFailure)) throw error
      return open('rpcs', 'rpc_unanswered', `${hostOf(rpc.url)}: ${error.message}`)
    }
  }
  return compare('rpcs', 'the same', 'the same', `Also by ${agreed.join(', ')}.`)
}

async function compared(client: StellarTrain, other: StellarTrain, evidence: Evidence, options: AbortOptions) {
  let before = ''
  for (let tried = 1; ; tried++) {
    const [ours, theirs] = await Promise.all([client, other].map((one) => ask(one, evidence, options)))
    const from = Math.max(ours!.from, theirs!.from)
    const kept = ({ parts, events }: Said): Record<string, unknown> => ({
      ...parts,
      events: events.filter(({ ledger }) => ledger >= from),
    })
    const [mine, its] = [kept(ours!), kept(theirs!)]
    const differ = Object.keys(mine).filter((part) => textOf(mine[part]) !== textOf(its[part]))
    const note = theirs!.from > ours!.from ? `its events begin with ledger ${from}` : null
    const moving = before !== textOf(mine)
    if (differ.length === 0) return { differ, note, moving: false }
    if (tried >= MOST_TRIES || (tried >= TRIES && !moving)) return { differ, note, moving }
    before = textOf(mine)
    await sleep(BEHIND_MS, options.signal)
  }
}

async function ask(client: StellarTrain, evidence: Evidence, { signal }: AbortOptions): Promise<Said> {
  const { ref, facts } = evidence
  const { chain } = client
  const challenge = await stored.challenge(chain, ref.challenge, { signal })
  const history = await readHistory(client, ref.challenge, { signal })
  const [moment, network, payments] = await Promise.all([
    readMoment(client, ref, challenge ? termsOf(challenge.terms) : facts.terms, history, { signal }),
    chain.rpc.request<{ passphrase: string }>('getNetwork', undefined, { signal }),
    paid(client, evidence, { signal }),
  ])
  const { own, shown, owed } = moment
  return {
    parts: { network: network.passphrase, terms: challenge, state: own, submission: shown, owed, payments },
    events: moment.history.events,
    from: history.from,
  }
}

/** What the transactions moved that should have paid. */
async function paid(client: StellarTrain, evidence: Evidence, { signal }: AbortOptions) {
  const claims = paymentClaims(evidence)
  if (!Array.isArray(claims)) return []
  const place = { token: evidence.token.contract, contract: client.config.contract, solver: evidence.ref.solver }
  return Promise.all(
    claims.map(async ({ hash }) => {
      const outcome = await readOutcome(client.chain, hash, { signal })
      return outcome.status === 'succeeded' ? transferredIn(outcome.events, place) : outcome.status
    }),
  )
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one)) ?? ''
