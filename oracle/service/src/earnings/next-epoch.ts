/** Brings a challenge to its next epoch: takes over a list that has its quorum, proposes one when it is due, or checks the proposer's. */
import type { Chain } from '@stellartrain/contracts-client'
import { toHex, view, views } from '@stellartrain/contracts-client'
import { mayVote, phase } from '@stellartrain/contracts-client/rules'
import type { WorkList } from '@stellartrain/ipfs-content/work'
import type { Log } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { Watch } from '../chain/watch.ts'
import type { Peers } from '../ciphertexts/peers.ts'
import { publicError } from '../errors.ts'
import type { Publish } from '../publish/upload.ts'
import { askPeer } from './ask.ts'
import { type Candidate, propose } from './epoch.ts'
import type { OpenWork } from './open-work.ts'
import { AGAIN_MS } from './openings.ts'
import { type CheckPeerList, comesTo } from './peer-list.ts'

export type NextEpochDeps = Readonly<{
  chain: Chain
  /** Of this oracle. */
  address: string
  watch: Pick<Watch, 'clock'>
  peers: Pick<Peers, 'of' | 'at'>
  publish: Publish
  /** Milliseconds that only grow. */
  monotonic: () => number
  log: Log
  signal: AbortSignal
}>

/** Cheap when nothing is due; never rejects. */
export type NextEpoch = (challenge: Challenge, of: OpenWork) => Promise<void>

export function createNextEpoch(deps: NextEpochDeps, checked: CheckPeerList): NextEpoch {
  const { chain, address, watch, peers, publish, monotonic, log, signal } = deps

  async function step(challenge: Challenge, of: OpenWork): Promise<void> {
    const { store, terms } = of
    const { id } = challenge
    const { epochs, total } = await view(chain, views.earnings({ challenge: id }), { signal })
    const paidIn = total + challenge.purse.escrow
    const now = watch.clock()?.closedAt ?? 0
    if (store.epochs.length < epochs) return adopt(challenge, of, store.epochs.length + 1, paidIn)
    if (!mayVote(phase(challenge.terms, challenge.counters, now), challenge.terms, now)) return
    const isOver = now >= challenge.terms.deadline
    const own = propose(store, terms, paidIn)
    // Before its time an epoch costs a transaction for little; after the deadline nothing more comes.
    const isDue = own !== undefined && (isOver || now >= of.lastAt + terms.epochSeconds)
    if (!isDue) {
      of.dueSince = undefined
      return
    }
    of.dueSince ??= now
    const { oracles, patience } = challenge.terms
    // Each has its turn; who is silent, or proposes what others do not come to, gives way.
    const turns = Math.floor((now - of.dueSince) / Math.max(1, patience))
    const proposer = oracles[(store.epochs.length + turns) % oracles.length]!
    let next: Candidate | undefined
    if (proposer === address) {
      const before = of.candidate
      // What was proposed stays: it is being posted, here and elsewhere.
      next = before?.list.epoch === own.epoch ? before : await comesTo(of, own)
    } else {
      const url = await peers.at(proposer)
      const given = url && (await askPeer(url, `challenges/${id}/epochs/${own.epoch}`, signal))
      if (url && given) next = await checked(challenge, of, given, url, { paidIn })
    }
    if (next === undefined || (of.candidate && toHex(of.candidate.root) === toHex(next.root) && of.report)) return
    await store.consider(next.list)
    of.candidate = next
    of.report = undefined
    await publish(next.work)
    of.report = await publish(next.report)
  }

  /** Takes over the list of an epoch that has its quorum: the own one, or that of whoever has one with its root. */
  async function adopt(challenge: Challenge, of: OpenWork, epoch: number, paidIn: bigint): Promise<void> {
    const { id } = challenge
    const found = await view(chain, views.epoch({ challenge: id, epoch }), { signal })
    if (found === null || found === undefined) return
    const root = toHex(found.root)
    let list: WorkList | undefined
    for (const one of of.store.candidates) {
      const made = one.epoch === epoch ? await comesTo(of, one) : undefined
      if (made && toHex(made.root) === root) list = one
    }
    for (const url of list ? [] : await peers.of(challenge)) {
      const given = await askPeer(url, `challenges/${id}/epochs/${epoch}`, signal)
      const made =
        given === undefined ? undefined : await checked(challenge, of, given, url, { paidIn, isPosted: true })
      if (made && toHex(made.root) === root) list = made.list
      if (list) break
    }
    if (!list) {
      log.warn('epoch_unknown', {
        challenge: id,
        epoch,
        message: 'No oracle has shown the list of work of this epoch.',
      })
      return
    }
    await of.store.adopt(list)
    Object.assign(of, {
      candidate: undefined,
      report: undefined,
      posted: undefined,
      dueSince: undefined,
      lookedAt: undefined,
    })
    of.lastAt = Number(found.time)
    log.info('epoch_adopted', { challenge: id, epoch, batches: list.batches.length })
  }

  return async (challenge, of) => {
    // Epochs become due by the ledger's time: between two ledgers there is nothing to ask for.
    const ledger = watch.clock()?.ledger
    if (of.busy || monotonic() < of.notBefore || (ledger !== undefined && of.lookedAt === ledger)) return
    of.busy = true
    of.lookedAt = ledger
    try {
      await step(challenge, of)
    } catch (error) {
      of.lookedAt = undefined
      of.notBefore = monotonic() + AGAIN_MS
      log.warn('epoch_waits', { challenge: challenge.id, ...publicError(error) })
    } finally {
      of.busy = false
    }
  }
}
