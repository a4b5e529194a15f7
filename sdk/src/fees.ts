/** Network fees of a labeler whose account cannot pay them: an oracle of the challenge that offers to, by a fee bump. */
import { type Envelope, type InvokeOptions, readAccount } from '@stellartrain/contracts-client'
import { readBoundedJson } from '@stellartrain/ipfs-content/bounded'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import type { Lease } from '@stellartrain/ipfs-content/lease'
import type { StellarTrain } from './client.ts'
import { type ChallengeContext, readContext } from './context.ts'
import { readTakers } from './handout.ts'
import type { AbortOptions } from './options.ts'

type Context = Pick<ChallengeContext, 'id' | 'challenge'>
type Account = NonNullable<Awaited<ReturnType<typeof readAccount>>>

const SILENT_MS = 8_000
const MOST_BYTES = 64 * 1024
/** Stroops that an account holds for itself, and again for each entry. */
const RESERVE = 5_000_000n
/** What a submission costs at most, in stroops; less than that, and somebody else is asked. */
const ENOUGH = 5_000_000n

/** Stroops that an account can spend. */
export function spendable({ balance, numSubEntries, ext }: Account): bigint {
  const liabilities = ext.type === 'v1' ? ext.value.liabilities.selling : 0n
  const sponsorship = ext.type === 'v1' && ext.value.ext.type === 'v2' ? ext.value.ext.value : undefined
  const entries = 2 + numSubEntries + (sponsorship?.numSponsoring ?? 0) - (sponsorship?.numSponsored ?? 0)
  const free = BigInt(balance) - BigInt(liabilities) - RESERVE * BigInt(entries)
  return free > 0n ? free : 0n
}

/** The oracles that offer it, in the order of the terms, each with the account that pays. @throws ChainFailure */
export async function feesOffered(
  client: StellarTrain,
  { id, challenge }: Context,
  { signal }: AbortOptions = {},
): Promise<{ url: string; oracle: string; paidBy: string }[]> {
  const takers = await readTakers(client, challenge.terms.oracles, { signal })
  const asked = takers
    .filter(({ who }) => who !== 'ipfs')
    .map(async ({ url, who }) => {
      const said = await ask(client, endpoint(url, `/v1/tasks/challenges/${id}/fees`), {}, signal)
      return typeof said?.paidBy === 'string' ? [{ url, oracle: who, paidBy: said.paidBy }] : []
    })
  return (await Promise.all(asked)).flat()
}

/**
 * For `invoke`: the fee is paid by the first oracle that does, where the account itself cannot. Whatever comes back, it is sent only if
 * it is what was signed.
 * @param of.needed what else of the account's XLM the call takes, stroops
 */
export function feePayer(
  client: StellarTrain,
  context: Context,
  of: { labeler: string; lease: Lease; needed: bigint; onPaid: (by: string) => void },
): InvokeOptions['sponsor'] {
  return async ({ xdr }: Envelope, signal) => {
    const account = await readAccount(client.chain, of.labeler, { signal })
    if (!account || spendable(account) >= ENOUGH + of.needed) return undefined
    const body = JSON.stringify({ challenge: context.id, transaction: xdr, lease: of.lease })
    const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body }
    for (const { url } of await feesOffered(client, context, { signal })) {
      const said = await ask(client, endpoint(url, '/v1/tasks/fees'), init, signal)
      if (typeof said?.xdr !== 'string' || typeof said.sponsor !== 'string') continue
      of.onPaid(said.sponsor)
      return said.xdr
    }
    return undefined
  }
}

/** Undefined for a refusal, and for whoever is silent. */
async function ask(
  { fetch }: Pick<StellarTrain, 'fetch'>,
  url: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
): Promise<Record<string, unknown> | undefined> {
  try {
    const limit = AbortSignal.timeout(SILENT_MS)
    const answer = await fetch(url, {
      ...init,
      ...{ redirect: 'error', credentials: 'omit', signal: signal ? AbortSignal.any([signal, limit]) : limit },
    })
    const body = (await readBoundedJson(answer, MOST_BYTES)) as Record<string, unknown> | null
    return answer.ok && body ? body : undefined
  } catch {
    signal?.throwIfAborted()
    return undefined
  }
}

/** What is shown before a batch is signed: whether an account can pay the network, and who pays where it cannot. @throws ChainFailure */
export async function readFees(
  client: StellarTrain,
  { challenge, labeler }: { challenge: number; labeler: string },
  options: AbortOptions = {},
): Promise<{ enough: boolean; paidBy: string | null }> {
  const account = await readAccount(client.chain, labeler, options)
  if (account && spendable(account) >= ENOUGH) return { enough: true, paidBy: null }
  const [first] = await feesOffered(client, await readContext(client, challenge, options), options)
  return { enough: false, paidBy: first?.paidBy ?? null }
}
