/**
 * What each call costs on the public network's settings, beside a plain transfer of the same asset and the plainest escrow,
 * in the same run: instructions, entries and bytes read and written, event bytes, rent and fee in stroops.
 */
import {
  type Costs,
  ESCROW,
  FORTY,
  measureCosts,
  SOLVERS,
  TRANSFER,
} from '@stellartrain/contracts-client/testing/costs'
import { figure } from '../src/figure.ts'

const KINDS: readonly [keyof Costs, string, string][] = [
  ['instructions', 'instructions', 'instructions'],
  ['readEntries', 'entries read', 'entries'],
  ['readBytes', 'bytes read', 'B'],
  ['writeEntries', 'entries written', 'entries'],
  ['writeBytes', 'bytes written', 'B'],
  ['eventBytes', 'event bytes', 'B'],
  ['rentFee', 'rent', 'stroops'],
  ['fee', 'fee', 'stroops'],
]

const costs = await measureCosts()
const transfer = costs.get(TRANSFER)!
const escrow = costs.get(ESCROW)!

function show(what: string, measured: Costs, reference?: { name: string; costs: Costs }): void {
  for (const [key, label, unit] of KINDS) {
    const line = { bench: 'costs', what: `${what}, ${label}`, ours: measured[key], unit }
    const comparable = reference && reference.costs[key] > 0 && measured[key] > 0
    figure(line, comparable ? { name: reference.name, value: reference.costs[key], better: 'less' } : undefined)
  }
}

show(TRANSFER, transfer)
show(ESCROW, escrow, { name: TRANSFER, costs: transfer })
for (const [call, measured] of costs) {
  if (call !== TRANSFER && call !== ESCROW) show(call, measured, { name: TRANSFER, costs: transfer })
}
const each = { ...costs.get(FORTY)! }
for (const [key] of KINDS) each[key] /= SOLVERS
show('each of 40 scored, finalised and paid', each, { name: TRANSFER, costs: transfer })
show('each of 40 scored, finalised and paid', each, { name: ESCROW, costs: escrow })
