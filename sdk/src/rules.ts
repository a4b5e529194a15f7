/** What this version can do with each payout rule, so that the others are refused in words before anything is spent. */
import type { Terms } from '@stellartrain/contracts-client'
import { UserError } from './problems.ts'

type Payout = Pick<Terms, 'payout'>['payout']

/** Rules whose submissions are files. */
const FILES: ReadonlySet<string> = new Set<Payout['tag']>(['Bounty', 'Ranked', 'PerUnit'])

export const takesFiles = ({ tag }: Pick<Payout, 'tag'>): boolean => FILES.has(tag)

/** @throws UserError `rule_not_supported` */
export function refuseSubmission({ tag }: Pick<Payout, 'tag'>): void {
  if (takesFiles({ tag })) return
  if (tag === 'Earnings')
    throw new UserError(
      'rule_not_supported',
      'This challenge takes no submissions: its oracles post what each labeler earned.',
    )
  throw new UserError('rule_not_supported', `It pays by the rule ${tag}; this version cannot submit to it.`)
}
