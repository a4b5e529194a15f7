/** The whole task as labelers will see it, and everything about it that they and its maker should know before it is signed. */

import type { JSX } from 'solid-js'
import { tagsOf } from '../../../lib/create/form.ts'
import { chosenMedia } from '../../../lib/create/labels/chosen-media.ts'
import { answerKinds } from '../../../lib/create/labels/form.ts'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { quorumOf } from '../../../lib/create/sums.ts'
import { quorumWords } from '../../../lib/words/challenge-words.ts'
import { formatAmount, formatBytes, formatCount, formatDay, formatDuration } from '../../../lib/words/format.ts'
import { Instructions } from '../../label/instructions.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Given } from '../../ui/given.tsx'
import { Markdown } from '../../ui/markdown.tsx'

export function LabelsPreview(props: { state: CreateState }): JSX.Element {
  const form = () => props.state.form
  const labels = () => props.state.labels.form
  const source = () => props.state.labels.source()
  const sums = () => props.state.labels.sums()
  const times = () => props.state.times()
  const money = (units: bigint | undefined) => formatAmount(units ?? 0n, props.state.asset())
  const earnings = () => form().kind === 'earnings'
  const kind = () => answerKinds.find(({ value }) => value === source()?.task.answer.kind)?.label ?? ''
  const share = () => (source() ? Math.round((source()!.known.size / source()!.table.rows.length) * 1000) / 10 : 0)
  const files = () => source()?.media ?? []
  const bytes = () => files().reduce((sum, file) => sum + file.bytes.length, 0)
  const day = (seconds: number | undefined) => formatDay((seconds ?? 0) * 1000)
  const rows = (): [string, JSX.Element][] => [
    ['An accepted answer', money(sums()?.rate)],
    ['A full batch', `${formatCount(sums()?.batch ?? 0, 'item')}, ${money(sums()?.reward)}`],
    [
      'An hour',
      `${money(sums()?.hour)}, at ${formatDuration(Number(labels().seconds))} an item${earnings() ? '' : ', before the network’s fee for a transaction a batch'}`,
    ],
    [
      'How it is paid',
      earnings()
        ? 'as earnings: the oracles post amounts, labelers claim them'
        : 'per unit: at once, in the transaction that judges the batch',
    ],
    [
      'Items',
      `${formatCount(sums()?.items ?? 0, 'item')}, each labeled ${formatCount(sums()?.overlap ?? 0, 'time')}: ${formatCount((sums()?.items ?? 0) * (sums()?.overlap ?? 0), 'label')}`,
    ],
    ['Answers', kind()],
    ['Known items', `${formatCount(source()?.known.size ?? 0, 'item')} (${share()} %), hidden: sealed to the oracles`],
    ['Smallest accuracy', `${labels().minAccuracy.trim()} % of the known items in a batch`],
    ['Flag', labels().flag ? 'a broken item can be flagged instead of answered' : 'no: every item has to be answered'],
    ['Who may label', !earnings() && form().gate.trim() ? `whom ${form().gate.trim()} admits` : 'everyone'],
    ['Reviewer', labels().reviewer.trim() || 'no one'],
    [
      'Graded by',
      `${quorumWords(quorumOf(form()), form().oracles.length)}, ${money(sums()?.fee)} to each for ${earnings() ? 'a posting' : 'a judged batch'}`,
    ],
    [
      'Fee budget',
      `${money(sums()?.feeBudget)}, for ${formatCount(sums()?.graded ?? 0, earnings() ? 'posting' : 'batch', earnings() ? 'postings' : 'batches')}`,
    ],
    [
      'Deposit',
      !earnings() && (sums()?.deposit ?? 0n) > 0n
        ? `${money(sums()?.deposit)} a batch, returned with every accepted one`
        : 'none',
    ],
    ['Judge', !earnings() && form().judge.trim() ? form().judge.trim() : 'no one'],
    ['Oracles accept by', day(times()?.acceptBy)],
    ['Closes', day(times()?.deadline)],
    ['Decided by', day(times()?.gradeBy)],
    ['Results', earnings() ? 'stay with the oracles' : 'opened to you and to everyone after the end'],
    [
      'Published files',
      `items.csv${files().length > 0 ? ` and ${formatCount(files().length, 'file')} that it links to, ${formatBytes(bytes())}` : ''}`,
    ],
    ['License', form().license],
    ['Tags', tagsOf(form().tags).join(', ') || 'none'],
  ]
  return (
    <section class="card px-4 sm:px-6 py-5 grid gap-5" aria-label="Preview of the challenge">
      <div class="grid gap-1.5">
        <p class="eyebrow">As labelers will see it</p>
        <h3 class="text-xl font-600 text-balance break-words">{form().title}</h3>
        <p class="text-ink-2 text-pretty break-words">{form().summary}</p>
        <p>
          <strong class="num font-500">{money(sums()?.rate)}</strong>{' '}
          <span class="text-ink-2">for each accepted answer, {money(sums()?.prize)} in total</span>
        </p>
      </div>
      <Markdown text={form().description} />
      <section class="grid gap-3" aria-label="How to label">
        <h4 class="section-title">How to label</h4>
        <Given when={source()}>
          {(found) => <Instructions task={found().task} description={form().description} read={chosenMedia(found())} />}
        </Given>
      </section>
      <Facts wide rows={rows()} />
    </section>
  )
}
