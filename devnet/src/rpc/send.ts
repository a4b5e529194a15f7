/** sendTransaction: into the queue, or refused with the network's own result. */

import type { Submitted } from '../chain/answers.ts'
import type { DevnetNode } from '../chain/node.ts'
import { DevnetError, invalidParams } from '../errors.ts'
import { base64, checkFormat, type Params } from './params.ts'

export function sendTransaction(node: DevnetNode, params: Params, afterwards: () => void) {
  checkFormat(params)
  const envelope = base64(params.transaction)
  const { last } = node.history
  const { status, hash, errorResult, diagnosticEvents } = submit(node, envelope)
  if (status === 'PENDING') afterwards()
  return {
    ...(status === 'ERROR' && { errorResultXdr: errorResult }),
    ...(diagnosticEvents.length > 0 && { diagnosticEventsXdr: diagnosticEvents }),
    status,
    hash,
    latestLedger: last.sequence,
    latestLedgerCloseTime: String(last.closeTime),
  }
}

function submit(node: DevnetNode, envelope: Uint8Array | undefined): Submitted {
  if (!envelope) throw invalidParams('invalid_xdr')
  try {
    return node.submit(envelope)
  } catch (error) {
    if (error instanceof DevnetError && error.code === 'HOST_REFUSED') throw invalidParams('invalid_xdr')
    throw error
  }
}
