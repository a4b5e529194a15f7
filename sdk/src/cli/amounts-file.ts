/** The amounts that an operator posts: a CSV of labelers and what each has earned in all, in the challenge's asset. */

import { readFileSync } from 'node:fs'
import type { EarningsLeaf } from '@stellartrain/contracts-client'
import { fromDecimal } from '@stellartrain/contracts-client/units'
import { isAddress } from '@stellartrain/ipfs-content/strkey'
import { columnValues } from '../challenge/csv.ts'
import { unreadable } from './file-problem.ts'
import { UsageError } from './io.ts'

/** @throws UsageError naming the line */
export function readAmounts(path: string, decimals: number): EarningsLeaf[] {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    throw unreadable(path, cause)
  }
  const labelers = columnValues(bytes, 'labeler')
  const amounts = columnValues(bytes, 'cumulative')
  if (!labelers || !amounts || labelers.length === 0)
    throw new UsageError(`${path} is not a CSV with the columns labeler and cumulative.`)
  const seen = new Set<string>()
  return labelers.map((labeler, index) => {
    const wrong = (what: string) => new UsageError(`${path}, line ${index + 2}: ${what}`)
    if (!isAddress(labeler)) throw wrong(`"${labeler}" is not a Stellar address.`)
    if (seen.has(labeler)) throw wrong('this labeler is on an earlier line already.')
    seen.add(labeler)
    const cumulative = amountOf(amounts[index] ?? '', decimals)
    if (cumulative === undefined || cumulative <= 0n)
      throw wrong(`the amount "${amounts[index]}" is not a decimal number above 0.`)
    return { labeler, cumulative }
  })
}

function amountOf(text: string, decimals: number): bigint | undefined {
  try {
    return fromDecimal(text, decimals)
  } catch {
    return undefined
  }
}
