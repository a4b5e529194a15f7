/**
 * What the judge that grades costs on the public network's settings: a full chunk of 64 KiB of truth and of work for each kind of metric,
 * that per 1,000 rows, and a million rows in parts, beside a plain transfer in the same run.
 */
import { measureCosts, TRANSFER } from '@stellartrain/contracts-client/testing/costs'
import { figure } from '../src/figure.ts'
import { measureRecount, rowsOf } from '../src/recount/costs.ts'

const transfer = (await measureCosts()).get(TRANSFER)!
const reference = { name: TRANSFER, value: transfer.fee, better: 'less' } as const
for (const [call, costs] of await measureRecount()) {
  const rows = rowsOf(call)
  const show = (what: string, ours: number, unit: string) =>
    figure({ bench: 'recount', what: `${call}, ${what}`, ours, unit })
  show('instructions', costs.instructions, 'instructions')
  show('bytes written', costs.writeBytes, 'B')
  show('rent', costs.rentFee, 'stroops')
  figure({ bench: 'recount', what: `${call}, fee`, ours: costs.fee, unit: 'stroops' }, reference)
  if (rows === undefined) continue
  show('instructions per 1,000 rows', (costs.instructions / rows) * 1000, 'instructions')
  show('fee per 1,000 rows', (costs.fee / rows) * 1000, 'stroops')
  show('fee of 1,000,000 rows in parts', (costs.fee / rows) * 1e6, 'stroops')
}
