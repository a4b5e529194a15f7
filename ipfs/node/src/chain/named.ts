/** Whether the ledger names a file in a challenge that all its oracles accepted; asks the RPC anew for what is not known yet. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Chain, ChainFailure, ContractError, EventsGone } from '@stellartrain/contracts-client'
import type { Log } from '@stellartrain/service'
import { IpfsError } from '../errors.ts'
import { type ChallengeFacts, createChallenges } from './challenges.ts'
import { createSubmissions, type LedgerTime } from './submissions.ts'

export type NamedStatus = {
  contract: string
  /** The newest ledger that was read; null before the first. */
  ledger: number | null
  /** Unix seconds, of that ledger. */
  closedAt: number | null
  /** Why it is not read now; null where it is. */
  problem: string | null
}

export type Named = {
  /**
   * The challenges with a submission that has this CID, the first to name it first. Waits some seconds for a ledger that this node's
   * RPC shows later than the caller's. Empty where no challenge names it, or its files are not kept any more.
   * @throws IpfsError `no_ledger` while the ledger cannot be read
   */
  find(cid: string): Promise<ChallengeFacts[]>
  clock(): LedgerTime | undefined
  status(): NamedStatus
  close(): Promise<void>
}

export type NamedOptions = {
  chain: Chain
  log: Log
  /** Between two looks while nobody asks, so that no event is missed. */
  pollMs?: number
  /** Called after each look with the ledger's time, unix seconds. */
  onLedger?: (closedAt: number) => Promise<void>
}

const POLL_MS = 5_000
const WAIT_MS = 10_000
const LOOK_MS = 500
/** A file is sealed for one challenge; others may name it, too, and cost a reading each. */
const MOST_CHALLENGES = 8
/** How many may wait: whoever asks for what nobody submitted must not keep those away who did. */
const MOST_WAITING = 64

export function startNamed({ chain, log, pollMs = POLL_MS, onLedger = async () => {} }: NamedOptions): Named {
  const stop = new AbortController()
  const { signal } = stop
  const submissions = createSubmissions(chain, log, signal)
  const challenges = createChallenges(chain, signal)
  let problem: string | null = null
  let waiting = 0

  async function known(cid: string): Promise<ChallengeFacts[]> {
    // Who copies a CID comes later than its solver.
    const ids = submissions.naming(cid).slice(0, MOST_CHALLENGES)
    const found = await Promise.all(ids.map((id) => challenges.accepted(id)))
    const now = submissions.clock()?.closedAt ?? 0
    return found.filter((one) => one !== undefined).filter(({ until }) => now < until)
  }

  /** Notes why the ledger cannot be read, for `/status`; the log has it once. */
  async function catchUp(): Promise<void> {
    try {
      await submissions.catchUp()
      problem = null
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof EventsGone) challenges.clear()
      const said = error instanceof Error ? error.message : String(error)
      if (problem !== said) log.warn('ledger_unreadable', { cause: said })
      problem = said
      throw error
    }
  }

  async function look(cid: string): Promise<ChallengeFacts[]> {
    const found = await known(cid)
    if (found.length > 0 || waiting >= MOST_WAITING) return found
    waiting++
    try {
      for (let waited = 0; ; waited += LOOK_MS) {
        await catchUp()
        const now = await known(cid)
        if (now.length > 0 || waited >= WAIT_MS) return now
        await pause(LOOK_MS, undefined, { signal })
      }
    } finally {
      waiting--
    }
  }

  let swept: number | undefined
  /** Names of challenges whose files are let go are of no use; looked for once an hour. */
  async function forgetOld(closedAt: number): Promise<void> {
    swept ??= closedAt
    if (closedAt - swept < 3_600) return
    swept = closedAt
    const old = new Set<number>()
    for (const id of submissions.challenges()) {
      const facts = await challenges.accepted(id)
      if (facts !== undefined && facts.until <= closedAt) old.add(id)
    }
    submissions.forget(old)
    for (const id of old) challenges.forget(id)
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await catchUp()
        const { closedAt } = submissions.clock()!
        await forgetOld(closedAt)
        await onLedger(closedAt)
      } catch (error) {
        if (!signal.aborted && !isOutage(error)) log.error('following_failed', { cause: String(error) })
      }
      await pause(pollMs, undefined, { signal }).catch(() => {})
    }
  }

  const running = run()
  return {
    async find(cid) {
      try {
        return await look(cid)
      } catch (cause) {
        if (!signal.aborted && !isOutage(cause)) throw cause
        const message = 'This node cannot read the ledger now, so it does not know this submission. Try again later.'
        throw new IpfsError('no_ledger', message, { cause, headers: { 'retry-after': '5' } })
      }
    },
    clock: submissions.clock,
    status() {
      const { ledger = null, closedAt = null } = submissions.clock() ?? {}
      return { contract: chain.network.contract, ledger, closedAt, problem }
    },
    async close() {
      stop.abort(new Error('The node is stopping.'))
      await running
    },
  }
}

const isOutage = (error: unknown) =>
  error instanceof ChainFailure || error instanceof EventsGone || error instanceof ContractError
