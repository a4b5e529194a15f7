/** JSON-RPC: one request or a batch in, answers out, every error in its envelope. */

import type { DevnetNode } from '../chain/node.ts'
import { RpcError } from '../errors.ts'
import { getEvents } from './events.ts'
import { getFeeStats } from './fees.ts'
import { inJson } from './json.ts'
import { getHealth, getLatestLedger, getLedgerEntries, getLedgers, getNetwork, getVersionInfo } from './ledgers.ts'
import { type Params, paramsOf } from './params.ts'
import { sendTransaction } from './send.ts'
import { simulateTransaction } from './simulate.ts'
import { getTransaction, getTransactions } from './transactions.ts'

const MAX_BATCH = 100

export interface RpcContext {
  node: DevnetNode
  friendbotUrl: string
  /** Called when a transaction has been taken into the queue. */
  pending: () => void
  log: (line: string) => void
}

type Method = (context: RpcContext, params: Params) => unknown

const METHODS: Record<string, Method> = {
  getHealth: ({ node }) => getHealth(node),
  getNetwork: ({ node, friendbotUrl }) => getNetwork(node, friendbotUrl),
  getVersionInfo: () => getVersionInfo(),
  getLatestLedger: ({ node }) => getLatestLedger(node),
  getLedgers: ({ node }, params) => getLedgers(node, params),
  getLedgerEntries: ({ node }, params) => getLedgerEntries(node, params),
  getTransaction: ({ node }, params) => getTransaction(node, params),
  getTransactions: ({ node }, params) => getTransactions(node, params),
  getEvents: ({ node }, params) => getEvents(node, params),
  getFeeStats: ({ node }) => getFeeStats(node),
  simulateTransaction: ({ node }, params) => simulateTransaction(node, params),
  sendTransaction: ({ node, pending }, params) => sendTransaction(node, params, pending),
}

interface Answer {
  jsonrpc: '2.0'
  id: unknown
  result?: unknown
  error?: { code: number; message: string; data?: string }
}

/** Answers a request's body; `undefined` when it held notifications only. */
export function dispatch(context: RpcContext, body: string): Answer | Answer[] | undefined {
  let request: unknown
  try {
    request = JSON.parse(body)
  } catch {
    return failure(null, new RpcError(-32700, 'invalid JSON'))
  }
  if (!Array.isArray(request)) return one(context, request)
  if (request.length === 0) return failure(null, new RpcError(-32600, 'empty request batch'))
  if (request.length > MAX_BATCH) return failure(null, new RpcError(-32600, `at most ${MAX_BATCH} requests a batch`))
  const answers = request.flatMap((item) => one(context, item) ?? [])
  return answers.length > 0 ? answers : undefined
}

function one(context: RpcContext, request: unknown): Answer | undefined {
  if (typeof request !== 'object' || request === null) return failure(null, new RpcError(-32600, 'invalid request'))
  const { jsonrpc, id, method, params } = request as Record<string, unknown>
  if (jsonrpc !== '2.0' || typeof method !== 'string') {
    return failure(id ?? null, new RpcError(-32600, 'invalid request'))
  }
  const handler = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined
  let answer: Answer
  try {
    if (!handler) throw new RpcError(-32601, 'method not found')
    // A ledger that could not be written must not be seen, not even by its entries.
    if (context.node.failure) throw context.node.failure
    const given = paramsOf(params)
    const result = handler(context, given)
    answer = { jsonrpc: '2.0', id, result: given.xdrFormat === 'json' ? inJson(context.node, method, result) : result }
  } catch (error) {
    if (!(error instanceof RpcError)) context.log(`${method} failed: ${describe(error)}`)
    answer = failure(id, error)
  }
  return id === undefined ? undefined : answer
}

function failure(id: unknown, error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error)
  if (!(error instanceof RpcError)) return { jsonrpc: '2.0', id, error: { code: -32603, message } }
  const { code, data } = error
  return { jsonrpc: '2.0', id, error: { code, message, ...(data !== undefined && { data }) } }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
