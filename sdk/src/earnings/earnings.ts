/** Earnings by Merkle sum trees: an oracle posts what each labeler has earned so far, a labeler (or anyone for it) claims. */

import {
  asSigner,
  type Branch,
  type Cid,
  cidFromString,
  cidToString,
  claimEarnings,
  type EarningsLeaf,
  earningsTree,
  type InvokeOptions,
  invoke,
  postEarnings as postCall,
  type SignerLike,
  toDecimal,
  toHex,
  view,
  views,
} from '@stellartrain/contracts-client'
import {
  EARNINGS_MAX_BYTES,
  type EarningsReport,
  encodeEarnings,
  parseEarnings,
} from '@stellartrain/ipfs-content/earnings'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { networkId } from '@stellartrain/ipfs-content/network'
import type { ChallengeFacts } from '../challenge/context.ts'
import { type ChallengeHistory, readHistory } from '../challenge/history.ts'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import { counted } from '../system/counted.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { readEarnings } from './earnings-state.ts'

export {
  type Branch,
  type EarningsLeaf,
  type EarningsPlace,
  type EarningsTree,
  earningsTree,
  type Sibling,
} from '@stellartrain/contracts-client'
export { acceptEarnings } from './earnings-accept.ts'
export { type EarningsState, readEarnings } from './earnings-state.ts'

export type PreparedEarnings = {
  facts: ChallengeFacts
  epoch: number
  /** The root's children, which are posted, and what the contract makes of them. */
  left: Branch
  right: Branch
  root: Uint8Array
  total: bigint
  /** What this epoch adds to the total. */
  added: bigint
  labelers: number
  report: Uint8Array<ArrayBuffer>
}

/**
 * Everything that an oracle would post for the next epoch. `leaves` are cumulative, in base units, for every labeler that ever
 * earned anything in the challenge.
 * @throws UserError `bad_input`, `rule_not_supported`; ContentError where the epoch before cannot be read
 */
export async function prepareEarnings(
  client: StellarTrain,
  challenge: number,
  leaves: readonly EarningsLeaf[],
  { signal }: AbortOptions = {},
): Promise<PreparedEarnings> {
  const { facts, state } = await readEarnings(client, challenge, { signal })
  const { contract, passphrase } = client.config
  const epoch = state.epochs + 1
  const sorted = [...leaves].sort((a, b) => (a.labeler < b.labeler ? -1 : 1))
  const total = sorted.reduce((sum, { cumulative }) => sum + cumulative, 0n)
  const show = (amount: bigint) => `${toDecimal(amount, facts.token.decimals)} ${facts.token.code}`
  if (total > state.total + state.free)
    throw new UserError(
      'bad_input',
      `The amounts are ${show(total)} in total; only ${show(state.total + state.free)} was paid in.`,
    )
  if (state.epochs > 0 && total === state.total)
    throw new UserError('bad_input', `Epoch ${state.epochs} has ${show(total)} already: these amounts add nothing.`)
  await refuseLess(client, challenge, state.epochs, sorted, show, { signal })
  const report = encoded({
    format: 'stellartrain/earnings-report',
    version: 1,
    network: await networkId(passphrase),
    contract,
    challenge,
    epoch,
    total: String(total),
    leaves: sorted.map(({ labeler, cumulative }) => ({ labeler, cumulative: String(cumulative) })),
  })
  const { root, left, right } = await earningsTree({ contract, challenge, epoch }, sorted)
  return { facts, epoch, left, right, root, total, added: total - state.total, labelers: sorted.length, report }
}

/** What a labeler earned never falls: it can be claimed against any epoch. */
async function refuseLess(
  client: StellarTrain,
  challenge: number,
  epochs: number,
  leaves: readonly EarningsLeaf[],
  show: (amount: bigint) => string,
  options: AbortOptions,
): Promise<void> {
  if (epochs === 0) return
  const now = new Map(leaves.map(({ labeler, cumulative }) => [labeler, cumulative]))
  for (const { labeler, cumulative } of await readLeaves(client, challenge, epochs, options)) {
    const amount = now.get(labeler) ?? 0n
    if (amount < cumulative)
      throw new UserError(
        'bad_input',
        `${labeler} had earned ${show(cumulative)} by epoch ${epochs}; the new amount, ${show(amount)}, is less. Amounts are cumulative.`,
      )
  }
}

/** A mistake in the amounts is the operator's, not that of something fetched. */
function encoded(report: EarningsReport): Uint8Array<ArrayBuffer> {
  try {
    return encodeEarnings(report)
  } catch (cause) {
    if (!(cause instanceof ContentError)) throw cause
    const first = cause.problems[0]
    throw new UserError(
      'bad_input',
      `The amounts cannot be posted: ${first?.path ?? ''} ${first?.message ?? ''}`.trim(),
      {
        cause,
      },
    )
  }
}

export type PostedEarnings = {
  epoch: number
  total: bigint
  root: string
  report: string
  quorum: boolean
  hash: string
}

/** Uploads the report and posts the vote. @throws UserError, ContractError, ChainFailure, ContentError */
export async function postEarnings(
  client: StellarTrain,
  { facts, epoch, left, right, root, total, report }: PreparedEarnings,
  signerLike: SignerLike,
  options: InvokeOptions = {},
): Promise<PostedEarnings> {
  const { signal } = options
  const signer = asSigner(signerLike)
  const cid = await client.sessions.upload(report, signer, { signal })
  const call = postCall({
    oracle: signer.address,
    challenge: facts.id,
    epoch,
    left,
    right,
    report: cidFromString(cid),
  })
  const { returnValue, hash } = await invoke(client.chain, call, signer, options)
  return { epoch, total, root: toHex(root), report: cid, quorum: returnValue, hash }
}

export type Claim = { epoch: number; labeler: string; cumulative: bigint; amount: bigint; hash: string; ledger: number }

/**
 * Sends a labeler what it earned and was not sent yet, by the newest epoch unless another is named. Anyone may; the money
 * goes to the labeler. `report` is for epochs whose event the RPC no longer has.
 * @throws UserError `not_found`, `nothing_owed`, `rule_not_supported`; ContractError, ChainFailure, ContentError
 */
export async function claim(
  client: StellarTrain,
  wanted: { challenge: number; labeler: string; epoch?: number | undefined; report?: Uint8Array | undefined },
  signer: SignerLike,
  options: InvokeOptions = {},
): Promise<Claim> {
  const { signal } = options
  const { challenge, labeler } = wanted
  const { state, facts } = await readEarnings(client, challenge, { signal })
  const epoch = wanted.epoch ?? state.epochs
  if (state.epochs === 0 || epoch > state.epochs)
    throw new UserError(
      'not_found',
      state.epochs === 0
        ? `No epoch of earnings of challenge ${challenge} is posted yet: there is nothing to claim.`
        : `Challenge ${challenge} has ${counted(state.epochs, 'epoch')} of earnings so far, so none numbered ${epoch}.`,
    )
  const leaves = await readLeaves(client, challenge, epoch, { signal }, wanted.report)
  const leaf = leaves.find((one) => one.labeler === labeler)
  if (leaf === undefined) throw new UserError('not_found', `${labeler} earned nothing by epoch ${epoch}.`)
  const sent = await view(client.chain, views.claimed({ challenge, labeler }), { signal })
  if (sent >= leaf.cumulative) {
    const { decimals, code } = facts.token
    throw new UserError('nothing_owed', `${labeler} was sent all ${toDecimal(sent, decimals)} ${code} that it earned.`)
  }
  const { proofOf } = await earningsTree({ contract: client.config.contract, challenge, epoch }, leaves)
  const { cumulative } = leaf
  const call = claimEarnings({ challenge, epoch, labeler, cumulative, proof: proofOf(labeler) ?? [] })
  const { returnValue, hash, ledger } = await invoke(client.chain, call, signer, options)
  return { epoch, labeler, cumulative, amount: returnValue, hash, ledger }
}

/** `history`: of the challenge, for whoever reads several epochs: its events are as many as all of them have. */
export type EpochOptions = AbortOptions & { history?: ChallengeHistory | undefined }

/**
 * The leaves of an epoch, from the report of whichever oracle has one that gives the root on the chain.
 * @throws UserError `not_found`, ContentError
 */
export async function readLeaves(
  client: StellarTrain,
  challenge: number,
  epoch: number,
  { signal, history: known }: EpochOptions = {},
  given?: Uint8Array,
  onReport: (bytes: Uint8Array) => void = () => {},
): Promise<EarningsLeaf[]> {
  const { root } = await view(client.chain, views.epoch({ challenge, epoch }), { signal })
  if (given) return checked(client, challenge, epoch, root, given)
  const history = known ?? (await readHistory(client, challenge, { signal }))
  const reports = new Map<string, Cid>()
  for (const event of history.events) {
    if (event.type === 'earnings_posted' && event.epoch === epoch && toHex(event.root) === toHex(root))
      reports.set(cidToString(event.report), event.report)
  }
  let failure: unknown = new UserError(
    'not_found',
    `The RPC no longer has the event that names the report of epoch ${epoch}; give the report itself.`,
  )
  for (const cid of reports.keys()) {
    try {
      const report = await fetchContent(client, cid, EARNINGS_MAX_BYTES, { signal })
      const leaves = await checked(client, challenge, epoch, root, report)
      onReport(report)
      return leaves
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      failure = error
    }
  }
  throw failure
}

/**
 * The report of an epoch that gives the root on the chain.
 * @throws UserError `not_found`, ContentError, ChainFailure
 */
export async function readReport(
  client: StellarTrain,
  challenge: number,
  epoch: number,
  options: EpochOptions = {},
): Promise<EarningsReport> {
  let found: EarningsReport | undefined
  await readLeaves(client, challenge, epoch, options, undefined, (bytes) => {
    found = parseEarnings(bytes)
  })
  return found!
}

/** A report is believed only if its leaves give the root that a quorum posted. */
async function checked(client: StellarTrain, challenge: number, epoch: number, root: Uint8Array, bytes: Uint8Array) {
  const { leaves } = parseEarnings(bytes)
  const read = leaves.map(({ labeler, cumulative }) => ({ labeler, cumulative: BigInt(cumulative) }))
  const tree = await earningsTree({ contract: client.config.contract, challenge, epoch }, read)
  if (toHex(tree.root) === toHex(root)) return read
  throw new ContentError('bad_report', `The report is not that of epoch ${epoch}: its leaves give another root.`)
}
