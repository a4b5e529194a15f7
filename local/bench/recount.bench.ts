/**
 * What the judge that grades costs on the public network's settings: a full chunk of 64 KiB of truth and of work for each kind of metric,
 * that per 1,000 rows, the most rows that one transaction takes, and a million rows in parts, beside a plain transfer in the same run.
 */
import { MAX_SCORE_CHUNKS } from '@stellartrain/contracts-client/recount'
import { measureCosts, TRANSFER } from '@stellartrain/contracts-client/testing/costs'
import { figure } from '../src/figure.ts'
import { fullChunk, measureMetrics, measureRecount, rowsOf } from '../src/recount/costs.ts'
import { KINDS } from '../src/recount/stage.ts'

const MILLION = 1_000_000

const transfer = (await measureCosts()).get(TRANSFER)!
const reference = { name: TRANSFER, value: transfer.fee, better: 'less' } as const
const show = (what: string, ours: number, unit: string) => figure({ bench: 'recount', what, ours, unit })

for (const [call, costs] of await measureRecount()) {
  figure({ bench: 'recount', what: `${call}, fee`, ours: costs.fee, unit: 'stroops' }, reference)
  show(`${call}, instructions`, costs.instructions, 'instructions')
  // It writes nothing, and pays no rent.
  if (call.startsWith('remove_')) continue
  show(`${call}, bytes written`, costs.writeBytes, 'B')
  show(`${call}, rent`, costs.rentFee, 'stroops')
  const rows = rowsOf(call)
  const kind = KINDS.find((one) => call.endsWith(`, ${one}`))
  // What a transaction costs whatever it holds is most of a small one: only a full chunk says what rows cost.
  if (rows === undefined || kind === undefined || rows !== fullChunk(kind)) continue
  show(`${call}, instructions per 1,000 rows`, (costs.instructions / rows) * 1000, 'instructions')
  show(`${call}, bytes written per 1,000 rows`, (costs.writeBytes / rows) * 1000, 'B')
  show(`${call}, fee per 1,000 rows`, (costs.fee / rows) * 1000, 'stroops')
  if (kind === 'area under the curve') continue
  show(`${call}, fee of 1,000,000 rows in parts`, Math.ceil(MILLION / rows) * costs.fee, 'stroops')
}
for (const { metric, call, per } of await measureMetrics()) {
  const what = `${call} of ${metric}, per 1,000 rows`
  show(`${what}, instructions`, per.instructions, 'instructions')
  show(`${what}, bytes written`, per.writeBytes, 'B')
  figure({ bench: 'recount', what: `${what}, fee`, ours: per.fee, unit: 'stroops' }, reference)
}
for (const kind of KINDS) show(`most rows in one transaction, ${kind}`, fullChunk(kind), 'rows')
show('most rows in all, area under the curve', fullChunk('area under the curve') * (MAX_SCORE_CHUNKS - 1), 'rows')
