/** getFeeStats: what recent transactions paid for inclusion. */
import type { DevnetNode } from '../chain/node.ts'

const SOROBAN_WINDOW = 50
const CLASSIC_WINDOW = 10

export function getFeeStats(node: DevnetNode) {
  return {
    sorobanInclusionFee: distribution(node, SOROBAN_WINDOW, true),
    inclusionFee: distribution(node, CLASSIC_WINDOW, false),
    latestLedger: node.history.last.sequence,
  }
}

function distribution(node: DevnetNode, window: number, soroban: boolean) {
  const fees: number[] = []
  let ledgerCount = 0
  for (const ledger of node.history.newest(window)) {
    ledgerCount++
    for (const row of node.history.decode(ledger).transactions) if (row.soroban === soroban) fees.push(row.inclusionFee)
  }
  fees.sort((a, b) => a - b)
  const at = (percent: number) => String(fees[Math.max(0, Math.ceil((fees.length * percent) / 100) - 1)] ?? 0)
  const percentiles = [10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99].map((percent) => [`p${percent}`, at(percent)])
  return {
    max: at(100),
    min: String(fees[0] ?? 0),
    mode: String(mode(fees)),
    ...Object.fromEntries(percentiles),
    transactionCount: String(fees.length),
    ledgerCount,
  }
}

/** The most frequent value of a sorted list, the lowest of equals. */
function mode(sorted: readonly number[]): number {
  let [best, longest, run] = [0, 0, 0]
  for (const [index, value] of sorted.entries()) {
    run = value === sorted[index - 1] ? run + 1 : 1
    if (run > longest) [best, longest] = [value, run]
  }
  return best
}
