/** simulateTransaction: what a contract transaction would do, and what it must declare and pay. */

import type { DevnetNode } from '../chain/node.ts'
import { DevnetError } from '../errors.ts'
import { Reader } from '../wire.ts'
import { base64, count, faultyFormat, type Params, paramsOf, text } from './params.ts'

const MODES = ['enforce', 'record', 'record_allow_nonroot']
const MEMO = 'Transaction contains a memo. Soroban transactions do not support memos.'
const RECORD = 1
const ALLOW_NONROOT = 2
const ADDRESS_V2 = 4

/** Errors are part of the answer here, as on the official server. */
export function simulateTransaction(node: DevnetNode, params: Params) {
  const fault = faultyFormat(params)
  if (fault !== undefined) return { error: fault, latestLedger: 0 }
  const envelope = base64(params.transaction)
  const about = envelope && describe(node, envelope)
  if (!envelope || !about) return { error: 'Could not unmarshal transaction', latestLedger: 0 }
  const latestLedger = node.history.last.sequence
  if (about.operations !== 1) return { error: 'Transaction contains more than one operation', latestLedger: 0 }
  if (about.hasMemo) return { error: MEMO, latestLedger: 0 }
  const mode = authMode(about, text(params, 'authMode') ?? '')
  if (typeof mode === 'object') return { ...mode, latestLedger: 0 }
  const flags = mode | (params.useUpgradedAuth === true ? ADDRESS_V2 : 0)
  const leeway = Math.min(count(paramsOf(params.resourceConfig), 'instructionLeeway'), 0xffffffff)
  const answer = new Reader(node.simulate(envelope, flags, leeway))
  const error = answer.text()
  const data = answer.base64()
  const fee = answer.number()
  const value = answer.base64()
  const auth = answer.list().map((entry) => entry.toString('base64'))
  const events = answer.list().map((event) => event.toString('base64'))
  const stateChanges = answer.list().map(stateChange)
  if (error !== '') return { error, ...(events.length > 0 && { events }), latestLedger }
  return {
    transactionData: data,
    minResourceFee: String(fee),
    ...(events.length > 0 && { events }),
    ...(value !== '' && { results: [{ auth, xdr: value }] }),
    ...(stateChanges.length > 0 && { stateChanges }),
    latestLedger,
  }
}

function describe(node: DevnetNode, envelope: Uint8Array) {
  try {
    return node.describe(envelope)
  } catch (error) {
    if (error instanceof DevnetError && error.code === 'HOST_REFUSED') return undefined
    throw error
  }
}

/** Recording unless the transaction brings its own authorization, as long as the caller does not say otherwise. */
function authMode(about: { operation: string; hasAuth: boolean; soroban: boolean }, mode: string) {
  if (mode !== '' && !MODES.includes(mode)) {
    return { error: `optional 'authMode' must be one of ${MODES.join(',')} when included` }
  }
  const isCall = about.operation === 'InvokeHostFunction'
  const isLifetime = about.operation === 'ExtendFootprintTtl' || about.operation === 'RestoreFootprint'
  if (!isCall && !isLifetime)
    return { error: `transaction contains unsupported operation type: OperationType${about.operation}` }
  if (isLifetime) {
    return mode === '' ? 0 : { error: 'cannot set authMode with non-InvokeHostFunction operations' }
  }
  if (about.hasAuth && mode.startsWith('record')) {
    return { error: `cannot set authMode to '${mode}' with an auth footprint` }
  }
  if (mode === 'enforce' || (mode === '' && about.hasAuth)) return 0
  return mode === 'record_allow_nonroot' ? RECORD | ALLOW_NONROOT : RECORD
}

function stateChange(bytes: Buffer) {
  const reader = new Reader(bytes)
  const [key, before, after] = [reader.base64(), reader.base64(), reader.base64()]
  const type = before === '' ? 'created' : after === '' ? 'deleted' : 'updated'
  return { type, key, before: before || null, after: after || null }
}
