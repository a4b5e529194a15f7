/** Where the prize is, as one bar that adds up, and what else the contract holds for this challenge. */
import { For, type JSX } from 'solid-js'
import type { Challenge } from '../../lib/read/types.ts'
import { formatAmount } from '../../lib/words/format.ts'
import { besidePrize, heldByContract, type MoneyPart, prizeParts } from '../../lib/words/money.ts'
import { Amount } from '../ui/amount.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Panel } from '../ui/panel.tsx'

const fills: Record<MoneyPart['id'], string> = {
  paid: 'bg-good',
  due: 'bg-wait',
  unclaimed: 'bg-wait opacity-60',
  reserved: 'bg-accent',
  left: 'bg-accent opacity-45',
  returned: 'bg-line-strong',
}
const PERMILLE = 1000n

export function MoneyCard(props: { challenge: Challenge }): JSX.Element {
  const sums = () => prizeParts(props.challenge)
  const filled = () =>
    sums().parts.flatMap(({ units, ...part }) => (units !== null && units > 0n ? [{ ...part, units }] : []))
  const whole = () => sums().total ?? filled().reduce((sum, { units }) => sum + units, 0n)
  const share = (units: bigint) => (whole() > 0n ? Number((units * PERMILLE) / whole()) / 10 : 0)
  const asset = () => props.challenge.asset
  const held = () => [
    ...sums()
      .parts.filter(({ id }) => id === 'left' || id === 'due' || id === 'reserved' || id === 'unclaimed')
      .map(({ label, units }) => ({ name: label, units: units ?? 0n })),
    ...besidePrize(props.challenge),
  ]
  const kept = () => BigInt(props.challenge.closing?.keptPrize ?? 0) + BigInt(props.challenge.closing?.keptBudget ?? 0)
  return (
    <Panel
      title="Money"
      icon="lock"
      aside={
        <Hash
          value={props.challenge.createdTx}
          what="locking transaction"
          href={`/tx/${props.challenge.createdTx}`}
          plain
        />
      }
    >
      <div
        class="flex gap-0.5 h-3 rounded-full overflow-hidden bg-sunken"
        role="img"
        aria-label={filled()
          .map((part) => `${part.label} ${formatAmount(part.units, asset())}`)
          .join(', ')}
      >
        <For each={filled()}>
          {(part) => <div class={fills[part.id]} style={{ width: `${share(part.units)}%`, 'min-width': '4px' }} />}
        </For>
      </div>
      <dl class="grid text-sm">
        <For
          each={sums().parts.filter(
            (part) => part.units === null || part.units > 0n || part.id === 'left' || part.id === 'paid',
          )}
        >
          {(part) => (
            <div class="flex items-baseline justify-between gap-4 py-1">
              <dt class="text-ink-2 flex items-center gap-2">
                <span aria-hidden="true" class={`size-2.5 rounded-sm ${fills[part.id]}`} />
                {part.label}
              </dt>
              <dd>
                <Amount units={part.units} asset={asset()} />
              </dd>
            </div>
          )}
        </For>
        <div class="flex items-baseline justify-between gap-4 pt-2 mt-1 border-t border-line font-600">
          <dt>Total prize</dt>
          <dd>
            <Amount units={sums().total} asset={asset()} />
          </dd>
        </div>
      </dl>
      <details class="text-sm">
        <summary class="text-ink-3 summary">
          The contract holds <Amount units={heldByContract(props.challenge)} asset={asset()} class="text-ink-2" />
        </summary>
        <dl class="grid gap-1 mt-2 text-xs">
          <For each={held().filter(({ units }) => units > 0n)}>
            {({ name, units }) => (
              <div class="flex justify-between gap-4">
                <dt class="text-ink-3">{name}</dt>
                <dd>
                  <Amount units={units} asset={asset()} />
                </dd>
              </div>
            )}
          </For>
        </dl>
      </details>
      <p class="text-xs text-ink-3 text-pretty">
        Grading is paid out of the fee budget, the fee that a submission carries and lost deposits, never out of the
        prize.
      </p>
      <Given when={props.challenge.closing}>
        {(now) => (
          <p class="text-sm text-ink-2 border-t border-line pt-3 text-pretty">
            Closed now, the maker would get{' '}
            {BigInt(now().total) > 0n ? <Amount units={now().total} asset={asset()} class="text-ink" /> : 'nothing'}
            {kept() > 0n ? (
              <>
                ; <Amount units={kept()} asset={asset()} /> would stay, because it can still be earned.
              </>
            ) : (
              '; nothing more can be earned.'
            )}
          </p>
        )}
      </Given>
    </Panel>
  )
}
