/** A JSON-RPC client for Stellar RPC: time limit, size limit, repeats what is safe to repeat, gives up in words. */
import { ChainFailure } from '../failures.ts'
import { hostOf } from './host.ts'
import { backoff, readRetryAfter, sleep } from './wait.ts'

export type RpcOptions = {
  /** For tests and proxies. */
  fetch?: typeof fetch
  /** One request, in milliseconds. */
  timeoutMs?: number
  /** How often a request that got no usable answer is repeated. Every RPC method is safe to repeat, sendTransaction too. */
  retries?: number
  /** An answer larger than this is refused. */
  maxBytes?: number
}

export type RequestOptions = { signal?: AbortSignal | undefined; retries?: number }

export type Rpc = {
  readonly url: string
  /**
   * Calls a method and returns its `result`, unchecked beyond being an object.
   * @throws ChainFailure `rpc_unreachable` (retryable), `rpc_bad_answer` (retryable), `rpc_refused` (the server's own error).
   */
  request<T>(method: string, params?: object, options?: RequestOptions): Promise<T>
}

export function createRpc(url: string, options: RpcOptions = {}): Rpc {
  const fetcher = options.fetch ?? globalThis.fetch
  const timeoutMs = options.timeoutMs ?? 15_000
  const maxBytes = options.maxBytes ?? 64 * 1024 * 1024
  const defaultRetries = options.retries ?? 4

  async function once<T>(method: string, params: object | undefined, signal: AbortSignal | undefined): Promise<T> {
    const limit = AbortSignal.timeout(timeoutMs)
    const both = signal ? AbortSignal.any([signal, limit]) : limit
    let text: string
    let status: number
    let retryAfterMs: number | undefined
    try {
      const response = await fetcher(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, ...(params ? { params } : {}) }),
        signal: both,
      })
      status = response.status
      retryAfterMs = readRetryAfter(response.headers.get('retry-after'))
      text = await boundedText(response, maxBytes)
    } catch (cause) {
      if (signal?.aborted) throw signal.reason
      if (cause instanceof ChainFailure) throw cause
      throw new ChainFailure('rpc_unreachable', `The network's RPC at ${hostOf(url)} does not answer. Is it running?`, {
        retryable: true,
        cause,
      })
    }
    return readAnswer<T>(url, { status, text, retryAfterMs })
  }

  return {
    url,
    async request<T>(method: string, params?: object, { signal, retries = defaultRetries }: RequestOptions = {}) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await once<T>(method, params, signal)
        } catch (error) {
          if (!(error instanceof ChainFailure) || !error.retryable || attempt >= retries) throw error
          await sleep(Math.max(backoff(attempt), error.retryAfterMs ?? 0), signal)
        }
      }
    },
  }
}

async function boundedText(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return response.text()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > maxBytes) {
      await reader.cancel()
      throw new ChainFailure('rpc_bad_answer', `The RPC sent more than ${maxBytes} bytes for one answer.`, {
        retryable: true,
      })
    }
    text += decoder.decode(value, { stream: true })
  }
}

type Answer = { status: number; text: string; retryAfterMs: number | undefined }

function readAnswer<T>(url: string, { status, text, retryAfterMs }: Answer): T {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (cause) {
    throw new ChainFailure(
      'rpc_bad_answer',
      `The RPC at ${hostOf(url)} answered with something that is not JSON (${status}).`,
      {
        retryable: true,
        detail: text.slice(0, 200),
        retryAfterMs,
        cause,
      },
    )
  }
  const { result, error } = (body ?? {}) as { result?: unknown; error?: { code?: number; message?: string } }
  if (error) {
    // -32603 is the server's own trouble; the other codes say that the request itself was wrong.
    const retryable = error.code === -32603 || status === 429 || status >= 500
    throw new ChainFailure('rpc_refused', `The RPC refused: ${error.message ?? 'no reason given'}`, {
      retryable,
      retryAfterMs,
      detail: JSON.stringify(error).slice(0, 500),
    })
  }
  if (result === null || typeof result !== 'object') {
    throw new ChainFailure('rpc_bad_answer', `The RPC at ${hostOf(url)} answered without a result (${status}).`, {
      retryable: true,
    })
  }
  return result as T
}
