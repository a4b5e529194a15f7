/**
 * Brings one signed transaction to its known end: applied, failed, or never to be applied. The same envelope is sent
 * again until the ledger has it or its time has passed, so nothing is ever done twice.
 */
import { xdr } from '@stellar/stellar-sdk/base'
import { ChainFailure } from '../failures.ts'
import type { Chain } from '../rpc/chain.ts'
import type { ReadOptions } from '../rpc/ledger.ts'
import { sleep } from '../rpc/wait.ts'
import { type Applied, type Failed, readOutcome, resultCode } from './outcome.ts'

export type Envelope = {
  /** Base64, signed. */
  xdr: string
  hash: string
  /** Unix seconds; a ledger that closes later cannot apply it. */
  maxTime: number
}

export type Ending =
  | Applied
  | Failed
  /** Its time has passed and no ledger has it: it will never be applied. */
  | { status: 'expired' }
  /** Refused before it reached a ledger, e.g. `txBadSeq`; nothing was charged. */
  | { status: 'refused'; code: string }

type RawSend = { status: 'PENDING' | 'DUPLICATE' | 'TRY_AGAIN_LATER' | 'ERROR'; errorResultXdr?: string }

export type SendOptions = ReadOptions & {
  /** Called once, when the network has taken the transaction. */
  onPending?: () => void
  /** Between two looks at the ledger, milliseconds. */
  pollMs?: number
}

/** A network that closes no ledger for this long has stopped. */
const STALLED_MS = 120_000
/** How many looks pass before the envelope is sent again. */
const LOOKS_PER_SEND = 8

export async function sendAndFollow(chain: Chain, envelope: Envelope, options: SendOptions = {}): Promise<Ending> {
  const { signal, pollMs = 400 } = options
  let pending = false
  // True once the network may have it: then a later refusal ("sequence used up") can be the echo of our own success.
  let maybeTaken = false
  let answer: SendAnswer = 'later'
  let newest = { ledger: 0, since: performance.now() }
  for (let look = 0; ; look++) {
    signal?.throwIfAborted()
    if (look % LOOKS_PER_SEND === 0 || answer === 'later') {
      answer = await send(chain, envelope, signal)
      if (answer === 'taken' || answer === 'lost') maybeTaken = true
      if (answer === 'taken' && !pending) {
        pending = true
        options.onPending?.()
      }
    }
    const outcome = await readOutcome(chain, envelope.hash, { signal })
    if (outcome.status !== 'unknown') return outcome
    if (outcome.clock > envelope.maxTime) return { status: 'expired' }
    if (typeof answer === 'object' && !maybeTaken) return { status: 'refused', code: answer.refused }
    if (outcome.ledger !== newest.ledger) newest = { ledger: outcome.ledger, since: performance.now() }
    if (performance.now() - newest.since > STALLED_MS) throw stalled(envelope)
    await sleep(Math.min(2_000, pollMs * (1 + look / LOOKS_PER_SEND)), signal)
  }
}

function stalled({ hash, maxTime }: Envelope): ChainFailure {
  const until = new Date(maxTime * 1_000).toISOString()
  return new ChainFailure(
    'stalled',
    `The network closes no ledgers now. Transaction ${hash} may still be applied, until ${until}: look it up before trying again.`,
    { retryable: true },
  )
}

/** `lost`: the RPC did not answer, so it may have it; `later`: it said that it did not take it now. */
type SendAnswer = 'taken' | 'later' | 'lost' | { refused: string }

async function send(chain: Chain, envelope: Envelope, signal: AbortSignal | undefined): Promise<SendAnswer> {
  try {
    const answer = await chain.rpc.request<RawSend>(
      'sendTransaction',
      { transaction: envelope.xdr },
      { signal, retries: 0 },
    )
    if (answer.status === 'PENDING' || answer.status === 'DUPLICATE') return 'taken'
    if (answer.status === 'TRY_AGAIN_LATER') return 'later'
    const result = answer.errorResultXdr
    return { refused: result ? resultCode(xdr.TransactionResult.fromXdr(result, 'base64')) : 'unknown' }
  } catch (error) {
    if (error instanceof ChainFailure && error.retryable) return 'lost'
    throw error
  }
}
