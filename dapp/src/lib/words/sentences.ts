/** The contract's events as sentences. An event this page does not know is named, never hidden. */

import { capital } from '@stellartrain/sdk/counted'
import type { ChainEvent } from '../read/types.ts'
import { formatAmount, formatCount, shorten, type Unit } from './format.ts'

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
type Row = { number: number; status: string; amount: unknown }
const rowsOf = (data: Data): Row[] => (Array.isArray(data.rows) ? (data.rows as Row[]) : [])
const isConcluded = ({ status }: Row): boolean => status !== 'pending'

function concludedWords(rows: Row[]): string {
  const concluded = rows.filter(isConcluded).length
  return concluded > 0 ? `; ${concluded} became final` : ''
}

/** By the contract's numbers and by their names. */
const BY = {
  oracles: ' by the ranking of the oracles',
  judge: ' by the ranking of the judge',
  running_table: ' by the running table, because no ranking was posted in time',
}
const RANKINGS: Readonly<Record<string, string>> = { ...BY, 1: BY.oracles, 2: BY.judge, 3: BY.running_table }

export function sentenceOf(event: ChainEvent, challenge?: { asset: Unit }): string {
  const { data } = event
  const asset = challenge?.asset
  switch (event.type) {
    case 'oracle_registered':
      return `${who(data, 'oracle')} registered as an oracle, key version ${text(data, 'version') ?? '?'}.`
    case 'submission_folded':
      return `Submission ${text(data, 'number') ?? ''} of ${who(data, 'solver')} was counted in its solver's record.`
    case 'badge_minted':
      return `${who(data, 'solver')} took badge ${text(data, 'badge') ?? ''} for submission ${text(data, 'number') ?? ''}.`
    case 'mint':
      return `Badge ${text(data, 'badge') ?? ''} was made for ${who(data, 'to')}.`
    case 'burn':
      return `${who(data, 'from')} destroyed badge ${text(data, 'badge') ?? ''}.`
    case 'recount_configured':
      return `${who(data, 'maker')} fixed how the judge, a contract, computes scores on the ledger.`
    case 'truth_opened':
      return data.complete === true
        ? 'The truth is open to the judge: solvers can open their work.'
        : `A part of the truth was opened to the judge, ${text(data, 'rows') ?? '?'} rows so far.`
    case 'work_opened':
      return `${who(data, 'solver')} opened work to the judge, ${text(data, 'rows') ?? '?'} rows so far.`
    case 'recounted':
      return data.copied === true
        ? `The ledger recounted the work of ${who(data, 'solver')}: a copy of an earlier one.`
        : `The ledger recounted the work of ${who(data, 'solver')}.`
    case 'recount_removed':
      return 'What the judge kept for this challenge was removed.'
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
    case 'scored':
      return `Oracle ${who(data, 'oracle')} voted on ${formatCount(rowsOf(data).length, 'submission')}${concludedWords(rowsOf(data))}.`
    case 'ruled':
      return `The judge ${who(data, 'judge')} decided ${formatCount(rowsOf(data).length, 'submission')}${concludedWords(rowsOf(data))}.`
    case 'settled': {
      const concluded = rowsOf(data).filter(isConcluded).length
      const passed = rowsOf(data).length - concluded
      const parts = [
        concluded > 0 ? `${formatCount(concluded, 'submission')} became final` : '',
        passed > 0 ? `the queue passed over ${formatCount(passed, 'submission')}` : '',
      ].filter(Boolean)
      return `${capital(parts.join('; ') || 'nothing changed')}.`
    }
    case 'payment_released': {
      const row = data.row as Row | undefined
      const sent = row?.amount === undefined ? 'What was owed' : money(row as Data, asset, 'amount')
      return `${sent} for submission ${row?.number ?? ''} ${row?.amount === undefined ? 'was' : 'were'} released to ${who(data, 'solver')}.`
    }
    case 'ranking_posted':
      return `${who(data, 'by')} posted a ranking with ${formatCount(Array.isArray(data.rows) ? data.rows.length : 0, 'place')}${data.quorum ? '; it decides the prizes' : ''}.`
    case 'ranking_fixed':
      return `The prizes were set aside${RANKINGS[text(data, 'ranking') ?? ''] ?? ''}.`
    case 'earnings_posted':
      return `Oracle ${who(data, 'oracle')} posted epoch ${text(data, 'epoch') ?? '?'}: ${money(data, asset, 'total')} in total${data.quorum ? '; it can be claimed' : ''}.`
    case 'earnings_claimed':
      return `${who(data, 'labeler')} was paid ${money(data, asset, 'amount')} of its earnings.`
    case 'truth_revealed':
      return `${who(data, 'by')} published a file as the opened truth.`
    case 'fees_withdrawn':
      return `Oracle ${who(data, 'oracle')} withdrew ${money(data, asset, 'amount')} of fees.`
    case 'challenge_closed':
      if (text(data, 'prize') === '0' && text(data, 'fees') === '0')
        return data.folded === true
          ? 'The records of the maker and the oracles were brought up to date.'
          : 'Prizes that are due were set aside.'
      return `The maker took back what no one could still win: ${money(data, asset, 'prize')} of the prize and ${money(data, asset, 'fees')} of the fee budget.`
    default:
      return `Event ${event.type.replaceAll('_', ' ')}.`
  }
}
