/** Test money, on networks that give it away. */

import { ChainFailure } from '../failures.ts'
import type { Chain } from './chain.ts'
import { type ReadOptions, readAccount } from './ledger.ts'
import { backoff, sleep } from './wait.ts'

/** Makes the account exist with some XLM, if it does not yet. @throws ChainFailure `bad_input` where there is no friendbot. */
export async function fundWithFriendbot(chain: Chain, address: string, options: ReadOptions = {}): Promise<void> {
  const { signal } = options
  const { friendbotUrl, name } = chain.network
  if (!friendbotUrl) {
    throw new ChainFailure('bad_input', `The network ${name} gives no test money away; send XLM to ${address} instead.`)
  }
  const url = `${friendbotUrl}?${new URLSearchParams({ addr: address })}`
  let answered = ''
  for (let attempt = 0; attempt < 6; attempt++) {
    if (await readAccount(chain, address, { signal })) return
    try {
      const limit = AbortSignal.timeout(20_000)
      const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, limit]) : limit })
      answered = (await response.text()).slice(0, 500)
    } catch (cause) {
      signal?.throwIfAborted()
      // The cause's own message may quote the URL.
      answered = cause instanceof Error ? cause.name : 'no answer'
    }
    if (await readAccount(chain, address, { signal })) return
    await sleep(backoff(attempt), signal)
  }
  throw new ChainFailure('rpc_unreachable', `Friendbot did not fund ${address}.`, { retryable: true, detail: answered })
}
