/** What was opened to a judge that grades, read back from the ledger: its events, and the chunks in the transactions that they name. */
import { Address, scValToNative, TransactionBuilder, type xdr } from '@stellar/stellar-sdk/base'
import { nativeTopic } from '../../encoding/topics.ts'
import { decodeRecountBody, type RecountEventBody } from '../../events/events.ts'
import { ledgerOf, readEventPage } from '../../events/follow.ts'
import type { Chain } from '../../rpc/chain.ts'
import type { ReadOptions } from '../../rpc/ledger.ts'

export type RecountEvent = RecountEventBody & { ledger: number; txHash: string }

/** A chunk as its transaction handed it in; `secret` is the salt or the nonce. */
export type OpenedChunk = { secret: Uint8Array; hashes: Uint8Array; place: number; chunk: Uint8Array }

/** The judge's events about a challenge, from this ledger on. @throws EventsGone where the RPC no longer has that ledger; ChainFailure */
export async function readRecountEvents(
  chain: Chain,
  judge: string,
  { challenge, from }: { challenge: number; from: number },
  options: ReadOptions = {},
): Promise<RecountEvent[]> {
  const number = nativeTopic.u32(challenge)
  const filter = {
    contracts: [judge],
    topics: [
      ['*', number],
      ['*', number, '*'],
    ],
  }
  const found: RecountEvent[] = []
  let cursor: string | undefined
  for (;;) {
    const page = await readEventPage(chain, cursor === undefined ? { startLedger: from } : { cursor }, filter, options)
    for (const { topic, value, ledger, txHash } of page.events) {
      const body = decodeRecountBody(topic, value)
      if (body) found.push({ ...body, ledger, txHash })
    }
    const done = page.events.length === 0 && (page.cursor === cursor || ledgerOf(page.cursor) >= page.latestLedger)
    cursor = page.cursor
    if (done) return found
  }
}

/**
 * What a transaction opened; null where the RPC does not have it, or where the judge was called by another contract, whose call then
 * does not hold the chunk. @throws ChainFailure
 */
export async function readOpenedChunk(
  chain: Chain,
  judge: string,
  { hash, method }: { hash: string; method: 'open_truth' | 'open_work' },
  { signal }: ReadOptions = {},
): Promise<OpenedChunk | null> {
  const found = await chain.rpc.request<{ envelopeXdr?: string }>('getTransaction', { hash }, { signal })
  const call = found.envelopeXdr === undefined ? undefined : callOf(chain, found.envelopeXdr)
  if (!call || Address.fromScAddress(call.contractAddress).toString() !== judge) return null
  if (String(call.functionName) !== method) return null
  const [secret, hashes, place, chunk] = call.args.slice(-4).map((arg) => scValToNative(arg) as unknown)
  if (!(secret instanceof Uint8Array && hashes instanceof Uint8Array && chunk instanceof Uint8Array)) return null
  return { secret, hashes, place: Number(place), chunk }
}

/** The contract call that a transaction makes, if it makes one. */
function callOf({ network }: Chain, envelope: string): xdr.InvokeContractArgs | undefined {
  const built = TransactionBuilder.fromXdr(envelope, network.passphrase)
  const [operation] = 'innerTransaction' in built ? built.innerTransaction.operations : built.operations
  if (operation?.type !== 'invokeHostFunction') return undefined
  const { func } = operation
  return func.type === 'hostFunctionTypeInvokeContract' ? func.invokeContract : undefined
}
