/** The judge that grades, where a challenge names it: whether it is that contract, and whether its rules are those of the manifest. */
import { type Chain, type InvokeOptions, view } from '@stellartrain/contracts-client'
import { readCode } from '@stellartrain/contracts-client/code'
import { type RecountFrozen, type RecountRules, recountAt } from '@stellartrain/contracts-client/recount'
import { type RecountSource, recountRules } from '@stellartrain/contracts-client/recount-rules'
import type { Challenge } from '../chain/challenge.ts'
import { OracleError } from '../errors.ts'
import type { Refusal } from '../refusal.ts'

type Reading = Pick<InvokeOptions, 'signal'>

/** The judge's address, where its code is that of the contract that grades. @throws ChainFailure */
export async function recountJudge(
  chain: Chain,
  { terms }: Pick<Challenge, 'terms'>,
  options: Reading,
): Promise<string | undefined> {
  const address = terms.judge?.address ?? ''
  return address.startsWith('C') && (await readCode(chain, address, options)) === 'recount' ? address : undefined
}

/** What the maker fixed; null before. @throws ChainFailure */
export const fixedRules = (
  chain: Chain,
  judge: string,
  challenge: number,
  options: Reading,
): Promise<RecountFrozen | null> =>
  view(chain, recountAt(judge).rules({ challenge }), options).then((found) => found ?? null)

/**
 * Why a challenge whose judge grades is not accepted: it would score otherwise than the manifest says, or not at all. Undefined if it
 * scores as promised.
 * @throws OracleError `judge_not_ready` until its rules are fixed: nobody can submit before the oracles have accepted, and rules are fixed
 *   before anybody submits.
 */
export function refuseRules(
  source: RecountSource,
  truthForm: Uint8Array,
  frozen: Pick<RecountFrozen, 'rules'> | null,
): Refusal | undefined {
  const found = recountRules(source, truthForm)
  if ('why' in found)
    return { code: 'judge_cannot_score', message: `Its judge is the contract that grades: ${found.why}` }
  if (frozen === null)
    throw new OracleError('judge_not_ready', 'How its judge scores is not fixed yet; its maker does that.')
  if (textOf(frozen.rules) === textOf(found.rules)) return undefined
  return { code: 'judge_differs', message: 'Its judge scores otherwise than the manifest says.' }
}

/** The same rules are the same text. */
function textOf({ metric, classes, numbers, positive, least, most, whole }: RecountRules): string {
  const texts = classes.map((one) => Buffer.from(one).toString('hex'))
  return [metric, numbers, positive, least, most, whole, ...texts].join(' ')
}
