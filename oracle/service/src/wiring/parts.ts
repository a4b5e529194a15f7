/** The groups of an oracle's parts, as those that need them get them. */
import type { Chain, InvokeOptions } from '@stellartrain/contracts-client'
import type { Place } from '@stellartrain/ipfs-content'
import type { Reachable } from '../acceptance/reachable.ts'
import type { Receiving } from '../acceptance/receiving.ts'
import type { Balance } from '../chain/balance.ts'
import type { PollInterval } from '../chain/poll-interval.ts'
import type { Watch } from '../chain/watch.ts'
import type { InputsCache } from '../challenge-files/cache.ts'
import type { Identity } from '../challenge-files/identity.ts'
import type { Keyring } from '../challenge-files/keyring.ts'
import type { Peers } from '../ciphertexts/peers.ts'
import type { BlockStore } from '../ciphertexts/store.ts'
import type { Grader } from '../grading/grader.ts'
import type { PrivateScores } from '../grading/private-scores.ts'
import type { GradingQueue } from '../grading/queue.ts'
import type { Publish } from '../publish/upload.ts'
import type { Decisions } from '../scheduler/decisions.ts'
import type { BatchSizes } from '../voting/batch-size.ts'
import type { createLastVote } from '../voting/last-vote.ts'

/** The network, this oracle's account on it, and what it sees there. */
export type OnChain = Readonly<{
  chain: Chain
  place: Place
  identity: Identity
  watch: Watch
  interval: PollInterval
  balance: Balance
  receiving: Receiving
  reachable: Reachable
  invokeOptions: () => InvokeOptions
}>

/** Content: where it is read, where it is kept and written, and the keys that open it. */
export type Files = Readonly<{
  gateways: readonly string[]
  store: BlockStore
  peers: Peers
  inputsCache: InputsCache
  /** At once, the uploads beside. */
  publish: Publish
  /** Until a service has it. */
  deliver: Publish
  keyring: Keyring
}>

/** Work in hand and what came of it, in memory. */
export type Work = Readonly<{
  grader: Grader
  queue: GradingQueue
  privateScores: PrivateScores
  decisions: Decisions
  batchSizes: BatchSizes
  lastVote: ReturnType<typeof createLastVote>
}>
