/** `withdraw`: takes the fees that the contract holds for this oracle, and sends what the account has elsewhere. */
import { StrKey } from '@stellar/stellar-sdk/base'
import {
  type Chain,
  fromDecimal,
  invoke,
  readAccount,
  sendOperations,
  toDecimal,
  view,
  views,
  withdrawFees,
} from '@stellartrain/contracts-client'
import { lowBalance } from '../chain/balance.ts'
import { candidates, IDS_PER_LOOK, readChallenge } from '../chain/reads.ts'
import { publicError } from '../errors.ts'
import { anyAsset } from './asset.ts'
import { type Command, type Done, type Io, parse, UsageError } from './command.ts'
import { type Connected, connected } from './connect.ts'
import { paymentOf } from './send-money.ts'

const OPTIONS = {
  challenge: { type: 'string' },
  to: { type: 'string' },
  amount: { type: 'string' },
  asset: { type: 'string' },
} as const

export const withdraw: Command = {
  async run(args, io) {
    const { values } = parse(args, OPTIONS)
    const { to, amount, challenge, asset } = values
    if (challenge !== undefined && !/^[1-9]\d{0,8}$/.test(challenge)) throw new UsageError('--challenge is a number.')
    if ((to === undefined) !== (amount === undefined)) throw new UsageError('Give --to and --amount together.')
    if (to === undefined || amount === undefined) {
      if (asset !== undefined)
        throw new UsageError("--asset needs --to and --amount: fees come in the challenge's own.")
      return takeFees(connected(values.home, io), challenge, io)
    }
    if (challenge !== undefined) throw new UsageError('Give --challenge, or --to and --amount.')
    const payment = readPayment(to, amount, asset ?? 'XLM')
    const { chain, identity } = connected(values.home, io)
    const operation = await paymentOf(chain, { from: identity.address, ...payment })
    const { hash } = await sendOperations(chain, [operation], identity.keypair)
    const sent = toDecimal(payment.amount, 7)
    const what = payment.asset.isNative() ? 'XLM' : `${payment.asset.getCode()}:${payment.asset.getIssuer()}`
    io.out(`Sent ${sent} ${what} to ${to}. Transaction ${hash}\n`)
    const low = lowBalance((await readAccount(chain, identity.address))?.balance ?? 0n, identity.address)
    if (low !== undefined) io.out(`${low}\n`)
    return { code: 0, json: { to, amount: sent, asset: what, hash, warnings: low === undefined ? [] : [low] } }
  },
}

/** @throws UsageError: what is wrong in the arguments needs no network to be said */
function readPayment(to: string, amount: string, asset: string) {
  if (!StrKey.isValidEd25519PublicKey(to)) throw new UsageError('--to is an account, G….')
  if (!/^\d{1,12}(\.\d{1,7})?$/.test(amount)) throw new UsageError('--amount is a number with at most 7 decimals.')
  const units = fromDecimal(amount, 7)
  if (units === 0n) throw new UsageError('--amount is more than 0.')
  const of = anyAsset(asset)
  if (of === undefined) throw new UsageError('--asset is XLM or CODE:ISSUER.')
  return { to, amount: units, asset: of }
}

async function takeFees({ chain, identity }: Connected, named: string | undefined, io: Io): Promise<Done> {
  const { address, keypair } = identity
  const ids = named === undefined ? await all(chain, address) : [Number(named)]
  const taken: { challenge: number; amount: string; hash: string }[] = []
  const failed: { challenge: number; amount: string; code: string; message: string }[] = []
  for (const id of ids) {
    const challenge = await readChallenge(chain, id, address, { signal: AbortSignal.timeout(60_000) })
    if (challenge === undefined || challenge.fees === 0n) continue
    const amount = String(challenge.fees)
    try {
      const { hash } = await invoke(chain, withdrawFees({ oracle: address, challenge: id }), keypair)
      taken.push({ challenge: id, amount, hash })
      io.out(`Challenge ${id}: ${amount} base units. Transaction ${hash}\n`)
    } catch (error) {
      const why = publicError(error)
      failed.push({ challenge: id, amount, ...why })
      io.out(`Challenge ${id}: ${amount} base units were not taken. ${why.message}\n`)
    }
  }
  if (taken.length + failed.length === 0) io.out('The contract holds no fees for this oracle.\n')
  return { code: failed.length === 0 ? 0 : 1, json: { taken, failed } }
}

/** Every challenge that may name the oracle. */
async function all(chain: Chain, address: string): Promise<number[]> {
  const signal = AbortSignal.timeout(300_000)
  const count = await view(chain, views.challenges(), { signal })
  const found: number[] = []
  for (let first = 1; first <= count; first += IDS_PER_LOOK)
    found.push(...(await candidates(chain, first, Math.min(count, first + IDS_PER_LOOK - 1), address, { signal })))
  return found
}
