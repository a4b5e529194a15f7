/**
 * What a label costs on the chain, beside a plain transfer of the same asset in the same run: per unit its share of a batch of 40 items, where
 * its batch is judged alone and where forty are judged together; by earnings a root costs the same for any number of labels.
 */
import { FORTY, measureCosts, SOLVERS, TRANSFER } from '@stellartrain/contracts-client/testing/costs'
import { figure } from '../src/figure.ts'

const ITEMS = 40
const costs = await measureCosts()
const costOf = (name: string) => {
  const found = costs.get(name)
  if (found === undefined) throw new Error(`${name} was not measured.`)
  return found
}
const transfer = costOf(TRANSFER)
const submit = costOf('submit, batch of labels')
const alone = costOf('post_scores of 1, paid per unit')
const forty = costOf(FORTY)
for (const [key, label, unit] of [
  ['fee', 'fee', 'stroops'],
  ['instructions', 'instructions', 'instructions'],
] as const) {
  const beside = { name: TRANSFER, value: transfer[key], better: 'less' as const }
  const share = (judged: number) => (submit[key] + judged) / ITEMS
  const line = (what: string, ours: number) =>
    figure({ bench: 'labels', what: `${what}, ${label}`, ours, unit }, beside)
  line('a label of a batch of 40, judged alone', share(alone[key]))
  line('a label of a batch of 40, forty batches judged together', share(forty[key] / SOLVERS))
}
