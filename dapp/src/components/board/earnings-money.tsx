/** Money and time of a task that pays by earnings, and its labelers, as the epochs say. */
import { createMemo, type JSX, Show } from 'solid-js'
import type { ToldCoverage } from '../../lib/board/coverage.ts'
import { type Earning, earningOf } from '../../lib/board/earning.ts'
import { MOST_EPOCHS, type Posted } from '../../lib/board/posted.ts'
import type { Manifest } from '../../lib/content/manifest.ts'
import { rateOf } from '../../lib/label/pay.ts'
import { createNow } from '../../lib/reactive/clock.ts'
import { createTask } from '../../lib/reactive/task.ts'
import { getEpochs } from '../../lib/read/api.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { inWords } from '../../lib/words/errors.ts'
import { formatAmount, formatCount } from '../../lib/words/format.ts'
import { Facts } from '../ui/facts.tsx'
import { Given } from '../ui/given.tsx'
import { Labelers } from './labelers.tsx'
import { paceOf } from './pace.tsx'
import { Short } from './short.tsx'

export function EarningsMoney(props: {
  challenge: Challenge
  manifest: Manifest
  coverage: ToldCoverage | undefined
}): JSX.Element {
  const now = createNow()
  const epochs = () => props.challenge.earnings?.epochs ?? 0
  const posted = createTask(
    () => `${props.challenge.id} ${epochs()}`,
    async () => {
      const { readPosted } = await import('../../lib/board/posted.ts')
      const { readContent } = await import('../../lib/content/content.ts')
      return readPosted(await getEpochs(String(props.challenge.id), MOST_EPOCHS), epochs(), readContent)
    },
  )
  return (
    <Given
      when={posted.value()}
      fallback={
        <p class="text-sm text-ink-3 max-w-[68ch]">
          {posted.failure()
            ? `What the epochs say is not known now. ${inWords(posted.failure()).sentence}`
            : 'Reading what the oracles posted…'}
        </p>
      }
    >
      {(found) => <Known {...props} posted={found()} now={now()} />}
    </Given>
  )
}

function Known(props: {
  challenge: Challenge
  manifest: Manifest
  coverage: ToldCoverage | undefined
  posted: Posted
  now: number
}): JSX.Element {
  const rate = () => rateOf(props.challenge, props.manifest)
  const earning = createMemo(() =>
    earningOf(props.challenge, props.posted, { rate: rate(), coverage: props.coverage, now: props.now }),
  )
  const money = (units: bigint) => formatAmount(units, props.challenge.asset)
  /** By agreement an answer may earn less. */
  const most = () => (props.manifest.labeling?.quality ? 'at most ' : '')
  return (
    <>
      <section class="grid gap-2" aria-label="Money and time">
        <h2 class="section-title">Money and time</h2>
        <Facts
          wide
          rows={[
            [
              'Earned by labelers',
              `${money(earning().money.earned)}, of which ${money(earning().money.sent)} was sent`,
            ],
            ['To be claimed', money(earning().money.toClaim)],
            ['Left in the escrow', money(earning().money.left)],
            ['For the next epoch', nextWords(earning(), money)],
            [
              'To pay for the labels that are missing',
              earning().money.toFinish === null
                ? 'not known: no oracle says how many are missing'
                : `${most()}${money(earning().money.toFinish!)}`,
            ],
            ['Batches', batchesWords(earning())],
            ['Pace and forecast', paceOf(earning().forecast, (labels) => `${most()}${money(rate() * BigInt(labels))}`)],
          ]}
        />
        <Show when={props.posted.unread > 0}>
          <p class="text-xs text-ink-3 max-w-[68ch]">
            Batches and pace are those of {formatCount(props.posted.lists.length, 'epoch')}; the lists of{' '}
            {props.posted.unread} others are not read here. Amounts are those of all.
          </p>
        </Show>
        <Show when={earning().withdrawn > 0}>
          <p class="text-xs text-ink-3 max-w-[68ch]">
            {formatCount(earning().withdrawn, 'known item was', 'known items were')} withdrawn. Batches that are paid
            because of that count as rejected here; what they earned is in the amounts.
          </p>
        </Show>
        <Short id={props.challenge.id} short={earning().money.short} money={money} />
      </section>
      <Labelers rows={earning().labelers} money={money} unknown={props.posted.leaves === undefined} />
    </>
  )
}

export function nextWords({ waiting, money: { next } }: Earning, money: (units: bigint) => string): string {
  if (next === null) return 'not known: no oracle says what was submitted'
  if (waiting === 0) return 'nothing was submitted since the last one'
  return `at most ${money(next)}, for ${formatCount(waiting ?? 0, 'label')} that were submitted`
}

function batchesWords({ batches: { accepted, rejected, madeGood } }: Earning): string {
  const after = madeGood > 0 ? ` (${madeGood} after an appeal)` : ''
  return `${accepted} accepted${after}, ${rejected} rejected`
}
