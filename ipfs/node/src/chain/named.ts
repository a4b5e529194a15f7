/** What the ledger names, followed: which submissions are taken, which accounts have a part, and what is kept for how long. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Chain, ChainFailure, ContractError, EventsGone, view, views } from '@stellartrain/contracts-client'
import { cidFromChain } from '@stellartrain/ipfs-content/cid'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { createWaiting, type Log } from '@stellartrain/service'
import { IpfsError } from '../errors.ts'
import type { LedgerKeeps } from '../store/collect.ts'
import type { Records } from '../store/records.ts'
import { type ChallengeFacts, createChallenges } from './challenges.ts'
import { ledgerKeeps } from './keeps.ts'
import { type LedgerTime, openNames } from './names.ts'

export type NamedStatus = {
  contract: string
  /** The newest ledger that was read; null before the first. */
  ledger: number | null
  /** Unix seconds, of that ledger. */
  closedAt: number | null
  /** Events were read without a gap since then, unix seconds; null before the first. */
  since: number | null
  /** Why it is not read now; null where it is. */
  problem: string | null
}

/** Where the contract's storage holds a submission: for one whose event this node's RPC has dropped. */
export type SubmissionPlace = Readonly<{ challenge: number; solver: string; attempt: number }>

export type Named = {
  /**
   * The challenges with a submission that has this CID, the first to name it first. Waits some seconds for a ledger that this node's
   * RPC shows later than the caller's. Empty where no challenge names it, or its files are not kept any more.
   * @param place is looked up in the contract's storage where no event named it @param client few of one wait; null is without a limit
   * @throws IpfsError `no_ledger` while the ledger cannot be read
   */
  find(cid: string, place?: SubmissionPlace, client?: string | null): Promise<ChallengeFacts[]>
  /** Whether the account is maker or oracle of a challenge that all oracles accepted and whose files are kept, as far as was learned. */
  hasPart(account: string): boolean
  /** Whether the ledger names a file, as far as is known; true before all was learned. */
  names(cid: string): Promise<boolean>
  clock(): LedgerTime | undefined
  status(): NamedStatus
  close(): Promise<void>
}

export type NamedOptions = {
  chain: Chain
  records: Records
  log: Log
  /** How long after a challenge's end its files are kept. */
  keepSeconds: number
  /** Undefined where it is not stored here, or is no manifest. */
  manifest: (cid: string) => Promise<Manifest | undefined>
  /** What is kept of the uploads that one manifest names, bytes. */
  challengeBytes: (challenge: ChallengeFacts) => number
  /** Between two looks while nobody asks, so that no event is missed. */
  pollMs?: number
  /** Called after each look with the ledger's time, unix seconds. */
  onLedger?: (closedAt: number) => Promise<void>
  /** Called now and then, once all that the contract's storage names was learned. */
  onLearned?: (closedAt: number, keeps: LedgerKeeps) => Promise<void>
}

const POLL_MS = 5_000
const WAIT_MS = 10_000
const LOOK_MS = 500
/** A file is sealed for one challenge; others may name it, too, and cost a reading each. */
const MOST_CHALLENGES = 8
/** How many may wait: whoever asks for what nobody submitted must not keep those away who did. */
const MOST_WAITING = 64
const MOST_WAITING_OF_ONE = 8
/** Between two times that everything is looked through, seconds of the ledger's time. */
const LEARN_SECONDS = 600

export async function startNamed(options: NamedOptions): Promise<Named> {
  const { chain, records, log, keepSeconds, manifest, challengeBytes, pollMs = POLL_MS } = options
  const { onLedger = async () => {}, onLearned = async () => {} } = options
  const stop = new AbortController()
  const { signal } = stop
  const names = await openNames(chain, records, log, signal)
  const challenges = createChallenges(chain, records, keepSeconds, signal)
  let people: ReadonlySet<string> = new Set()
  let latest: LedgerKeeps | undefined
  let problem: string | null = null
  const waiting = createWaiting({ most: MOST_WAITING, perClient: MOST_WAITING_OF_ONE })
  let learned: number | undefined

  async function known(cid: string): Promise<ChallengeFacts[]> {
    // Who copies a CID comes later than its solver.
    const ids = (await names.naming(cid)).slice(0, MOST_CHALLENGES)
    const found = await Promise.all(ids.map((id) => challenges.accepted(id)))
    const now = names.clock()?.closedAt ?? 0
    return found.filter((one) => one !== undefined).filter(({ until }) => now < until)
  }

  /** Notes why the ledger cannot be read, for `/status`; the log has it once. */
  async function catchUp(): Promise<void> {
    try {
      await names.catchUp()
      problem = null
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof EventsGone) {
        learned = undefined
        await challenges.clear()
      }
      const said = error instanceof Error ? error.message : String(error)
      if (problem !== said) log.warn('ledger_unreadable', { cause: said })
      problem = said
      throw error
    }
  }

  /** What no event told here may still stand in the contract's storage. */
  async function lookUp(cid: string, { challenge, solver, attempt }: SubmissionPlace): Promise<void> {
    try {
      const found = await view(chain, views.submission({ challenge, solver, attempt }), { signal })
      if (cidFromChain(found.cid) === cid) await names.confirm(cid, challenge)
    } catch (error) {
      // There is no such submission.
      if (!(error instanceof ContractError)) throw error
    }
  }

  async function look(
    cid: string,
    place: SubmissionPlace | undefined,
    client: string | null,
  ): Promise<ChallengeFacts[]> {
    const found = await known(cid)
    if (found.length > 0) return found
    const one = waiting.take(client)
    if (one === undefined) {
      // One look, which all share.
      await catchUp()
      return known(cid)
    }
    try {
      for (let waited = 0; ; waited += LOOK_MS) {
        await catchUp()
        if (place !== undefined) await lookUp(cid, place)
        const now = await known(cid)
        if (now.length > 0 || waited >= WAIT_MS || one.signal.aborted) return now
        await pause(LOOK_MS, undefined, { signal })
      }
    } finally {
      one.free()
    }
  }

  /** Everything that the contract's storage names; then what may be let go is known. */
  async function learn(closedAt: number): Promise<void> {
    if (learned !== undefined && closedAt - learned < LEARN_SECONDS) return
    const { count, open } = await challenges.learn(closedAt)
    const live = await Array.fromAsync(challenges.live(closedAt))
    people = new Set(live.flatMap(({ maker, oracles }) => [maker, ...oracles]))
    const alive = new Set(live.map(({ id }) => id))
    // One that was created meanwhile is not over.
    await names.forget((id) => id <= count && !alive.has(id) && !open.has(id))
    const keeps = await ledgerKeeps(
      { names, records, challenges: iterate(live), manifest, challengeBytes },
      names.since()!,
    )
    latest = keeps
    await onLearned(closedAt, keeps)
    learned = closedAt
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await catchUp()
        const { closedAt } = names.clock()!
        await learn(closedAt)
        await onLedger(closedAt)
      } catch (error) {
        if (!signal.aborted && !isOutage(error)) log.error('following_failed', { cause: String(error) })
      }
      await pause(pollMs, undefined, { signal }).catch(() => {})
    }
  }

  const running = run()
  return {
    async find(cid, place, client = null) {
      try {
        return await look(cid, place, client)
      } catch (cause) {
        if (!signal.aborted && !isOutage(cause)) throw cause
        const message = 'This node cannot read the ledger now, so it does not know this submission. Try again later.'
        throw new IpfsError('no_ledger', message, { cause, headers: { 'retry-after': '5' } })
      }
    },
    hasPart: (account) => people.has(account),
    names: async (cid) => latest === undefined || (await latest.names({ cid, bytes: 0 })),
    clock: names.clock,
    status() {
      const { ledger = null, closedAt = null } = names.clock() ?? {}
      return { contract: chain.network.contract, ledger, closedAt, since: names.since() ?? null, problem }
    },
    async close() {
      stop.abort(new Error('The node is stopping.'))
      await running
    },
  }
}

async function* iterate<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

const isOutage = (error: unknown) =>
  error instanceof ChainFailure || error instanceof EventsGone || error instanceof ContractError
