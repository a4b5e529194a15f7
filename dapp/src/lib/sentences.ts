/** The contract's events as sentences. An event this page does not know is named, never hidden. */
import { formatAmount, formatCount, shorten, type Unit } from './format.ts'
import type { ChainEvent } from './types.ts'

type Data = Record<string, unknown>

const text = (data: Data, ...keys: string[]): string | null => {
  for (const key of keys) {
    const value = data[key]
    if (typeof value === 'string' || typeof value === 'number') return String(value)
  }
  return null
}
const who = (data: Data, ...keys: string[]): string => {
  const address = text(data, ...keys)
  return address ? shorten(address) : 'someone'
}
const money = (data: Data, asset: Unit | undefined, ...keys: string[]): string => {
  const units = text(data, ...keys)
  if (units === null || !/^-?\d+$/.test(units)) return 'an amount'
  return asset ? formatAmount(units, asset) : `${units} base units`
}
const rows = (data: Data, key: string): number => (Array.isArray(data[key]) ? (data[key] as unknown[]).length : 0)

export function sentenceOf(event: ChainEvent, challenge?: { asset: Unit }): string {
  const { data } = event
  const asset = challenge?.asset
  switch (event.type) {
    case 'oracle_registered':
      return `${who(data, 'oracle')} registered as an oracle, key version ${text(data, 'version') ?? '?'}.`
    case 'challenge_created':
      return `${who(data, 'maker')} created the challenge and locked ${money(data, asset, 'prize')}, with ${money(data, asset, 'fee_budget', 'feeBudget')} for grading fees.`
    case 'challenge_accepted':
      return `Oracle ${who(data, 'oracle')} checked the truth and accepted.`
    case 'topped_up':
      return `${who(data, 'from')} added ${money(data, asset, 'escrow')} to the prize and ${money(data, asset, 'fees')} to the fee budget.`
    case 'challenge_cancelled':
      return `The challenge was cancelled; ${money(data, asset, 'refunded')} went back to the maker.`
    case 'submitted':
      return `${who(data, 'solver')} made submission ${text(data, 'number') ?? ''}, attempt ${text(data, 'attempt') ?? ''}.`
    case 'scored': {
      const votes = rows(data, 'votes')
      const settled = rows(data, 'settled')
      return `Oracle ${who(data, 'oracle')} graded ${formatCount(votes, 'submission')}${settled ? `; ${settled} became final` : ''}.`
    }
    case 'settled':
      return `${formatCount(rows(data, 'settled'), 'submission')} became final.`
    case 'payment_released':
      return `What was owed for submission ${text(data, 'number') ?? ''} was released to ${who(data, 'solver')}.`
    case 'ranking_posted':
      return `Oracle ${who(data, 'oracle')} posted a ranking with ${formatCount(rows(data, 'rows'), 'place')}${data.quorum ? '; it decides the prizes' : ''}.`
    case 'ranking_fixed':
      return `No ranking was posted in time: the prizes follow the standing on the public rows, with ${text(data, 'graded') ?? '?'} of ${text(data, 'submitted') ?? '?'} submissions graded.`
    case 'earnings_posted':
      return `Oracle ${who(data, 'oracle')} posted epoch ${text(data, 'epoch') ?? '?'}: ${money(data, asset, 'total')} in total${data.quorum ? '; it can be claimed' : ''}.`
    case 'earnings_claimed':
      return `${who(data, 'labeler')} was paid ${money(data, asset, 'amount')} of its earnings.`
    case 'silence_fixed':
      return `The time for grading ran out: each of ${text(data, 'eligible') ?? '?'} ungraded submissions gets ${money(data, asset, 'part')}.`
    case 'truth_revealed':
      return `${who(data, 'by')} published a file as the opened truth.`
    case 'fees_withdrawn':
      return `Oracle ${who(data, 'oracle')} withdrew ${money(data, asset, 'amount')} of fees.`
    case 'challenge_closed':
      return `${money(data, asset, 'amount')} that remained went back to the maker.`
    default:
      return `Event ${event.type.replaceAll('_', ' ')}.`
  }
}
