/** Network fees of a labeler whose account cannot pay them: an oracle of the challenge that offers to, by a fee bump. */
import { type Envelope, type InvokeOptions, readAccount, spendable } from '@stellartrain/contracts-client'
import type { Lease } from '@stellartrain/ipfs-content/lease'
import { type ChallengeContext, readContext } from '../challenge/context.ts'
import { askEach, askOracle, oraclePlaces, type Said } from '../oracles/ask-oracles.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'

export { spendable }

type Context = Pick<ChallengeContext, 'id' | 'challenge'>

const LIMITS = { silentMs: 8_000, maxBytes: 64 * 1024 }
/** What a submission costs at most, in stroops; less than that, and somebody else is asked. */
const ENOUGH = 5_000_000n

/** The oracles that offer it, in the order of the terms, each with the account that pays. @throws ChainFailure */
export async function feesOffered(
  client: StellarTrain,
  { id, challenge }: Context,
  { signal }: AbortOptions = {},
): Promise<{ url: string; oracle: string; paidBy: string }[]> {
  const places = await oraclePlaces(client, challenge.terms.oracles, { signal })
  const said = await askEach(client, places, `/v1/tasks/challenges/${id}/fees`, { ...LIMITS, signal })
  return places.flatMap(({ url, who }, at) => {
    const { paidBy } = fieldsOf(said[at])
    return typeof paidBy === 'string' ? [{ url, oracle: who, paidBy }] : []
  })
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
    for (const { url, oracle } of await feesOffered(client, context, { signal })) {
      const said = await askOracle(client, { url, who: oracle }, '/v1/tasks/fees', {
        ...{ ...LIMITS, method: 'PUT', body, signal },
      })
      const { xdr: paid, sponsor } = fieldsOf(said)
      if (typeof paid !== 'string' || typeof sponsor !== 'string') continue
      of.onPaid(sponsor)
      return paid
    }
    return undefined
  }
}

/** None of a refusal, and of whoever is silent. */
const fieldsOf = (said: Said | undefined): Record<string, unknown> =>
  said?.ok && typeof said.body === 'object' && said.body !== null ? (said.body as Record<string, unknown>) : {}

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
