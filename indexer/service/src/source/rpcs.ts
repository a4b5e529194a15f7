/** Several RPCs as one: requests go to the first that answers; one that fails, or that asks to be left alone, rests for a while. */
import { ChainFailure, createRpc, type Rpc, type RpcOptions } from '@stellartrain/contracts-client'
import type { Lake } from './lake/lake.ts'

type RequestOptions = NonNullable<Parameters<Rpc['request']>[2]>

export type Rpcs = Rpc & {
  /** Each by itself, in the order in which they were given. */
  readonly all: readonly Rpc[]
  /** Where ledgers are that none of them has any more. */
  readonly lake?: Lake | undefined
  /** An answer, and whose it is: `url` may be another's by the time it is here. */
  told<T>(method: string, params?: object, options?: RequestOptions): Promise<{ answer: T; url: string }>
  /** The next request goes to another one: this one answers and is not what it should be, for example behind. */
  turn(): void
}

export type RpcsOptions = RpcOptions & JoinOptions

type JoinOptions = {
  /** Milliseconds that only grow. */
  now?: () => number
  /** The passphrase that each must serve. */
  network?: string
  /** Milliseconds that one rests after its first failure where there are others; doubles, up to 30 times of it. */
  restMs?: number
  lake?: Lake | undefined
}

const FIRST_REST = 1_000
const LONGEST_RESTS = 30

export function createRpcs(urls: readonly string[], options: RpcsOptions = {}): Rpcs {
  return joinRpcs(
    urls.map((url) => createRpc(url, { ...options, retries: 0 })),
    options,
  )
}

type Place = { rpc: Rpc; failures: number; restsUntil: number }

/** @throws ChainFailure `wrong_network` in a request to one that serves another network */
export function joinRpcs(
  given: readonly Rpc[],
  { now = () => performance.now(), network, restMs = FIRST_REST, lake }: JoinOptions = {},
): Rpcs {
  const all = given.length > 1 && network !== undefined ? given.map((rpc) => guarded(rpc, network)) : given
  const places = all.map((rpc): Place => ({ rpc, failures: 0, restsUntil: 0 }))
  let first = 0
  const inTurn = () => places.map((_, index) => places[(first + index) % places.length]!)

  async function ask<T>(place: Place, method: string, params: object | undefined, options: RequestOptions): Promise<T> {
    try {
      const answer = await place.rpc.request<T>(method, params, { ...options, retries: 0 })
      place.failures = 0
      place.restsUntil = 0
      return answer
    } catch (error) {
      if (error instanceof ChainFailure && error.retryable) {
        const rest = restMs * Math.min(LONGEST_RESTS, 2 ** Math.min(place.failures++, 10))
        place.restsUntil = now() + Math.max(error.retryAfterMs ?? 0, all.length > 1 ? rest : 0)
      }
      throw error
    }
  }

  return {
    get url() {
      return places[first]!.rpc.url
    },
    all,
    ...(lake && { lake }),
    turn() {
      first = (first + 1) % places.length
    },
    request: async <T>(method: string, params?: object, options: RequestOptions = {}) =>
      (await told<T>(method, params, options)).answer,
    told,
  }

  async function told<T>(method: string, params?: object, options: RequestOptions = {}) {
    let failure: unknown
    let refusal: ChainFailure | undefined
    const rested = inTurn().filter(({ restsUntil }) => restsUntil <= now())
    for (const place of rested) {
      try {
        const answer = await ask<T>(place, method, params, options)
        first = places.indexOf(place)
        return { answer, url: place.rpc.url }
      } catch (error) {
        if (!(error instanceof ChainFailure) || options.signal?.aborted) throw error
        // One may refuse everything, or what another one takes.
        if (error.code === 'rpc_refused' && !error.retryable) refusal ??= error
        else if (!error.retryable) throw error
        failure = error
      }
    }
    if (refusal) throw refusal
    const wait = Math.max(0, Math.min(...places.map(({ restsUntil }) => restsUntil)) - now())
    if (failure instanceof ChainFailure && failure.retryAfterMs === undefined && wait === 0) throw failure
    const last = failure instanceof Error ? failure.message : 'No RPC is to be asked at the moment.'
    throw new ChainFailure('rpc_unreachable', last, { retryable: true, retryAfterMs: wait, cause: failure })
  }
}

/** One of them by itself, as several are asked. */
export const only = (rpcs: Rpcs, rpc: Rpc): Rpcs => ({
  ...{ ...rpcs, url: rpc.url, all: [rpc], request: rpc.request },
  told: async <T>(method: string, params?: object, options?: RequestOptions) => ({
    answer: await rpc.request<T>(method, params, options),
    url: rpc.url,
  }),
})

/** Nothing that it says is taken before it has said that it serves this network. */
function guarded(rpc: Rpc, network: string): Rpc {
  let checked = false
  return {
    url: rpc.url,
    async request<T>(method: string, params?: object, options: RequestOptions = {}) {
      if (!checked) {
        const served = await rpc.request<{ passphrase?: string }>('getNetwork', undefined, options)
        if (served.passphrase !== network)
          throw new ChainFailure(
            'wrong_network',
            `The RPC at ${URL.parse(rpc.url)?.host} serves the network "${served.passphrase}", but the configured passphrase is "${network}". Take it out of RPC_URL, or set both for the same network.`,
          )
        checked = true
      }
      return rpc.request<T>(method, params, options)
    },
  }
}
