/** What this attempt costs and how many there are, read from the ledger for the connected account; or what is in the way. */
import { createSignal, type JSX, Show } from 'solid-js'
import { createNow } from '../../lib/clock.ts'
import { config } from '../../lib/config.ts'
import { inWords, titles } from '../../lib/errors.ts'
import { formatAmount, formatDuration } from '../../lib/format.ts'
import { createTask } from '../../lib/task.ts'
import type { Challenge } from '../../lib/types.ts'
import { accountChanged, accountVersion, wallet } from '../../lib/wallet/session.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

type Obstacle = { code: string; sentence: string; details: string }
export type StandingState = { attempt: number; clear: boolean }

export function Standing(props: {
  challenge: Challenge
  onState: (state: StandingState) => void
  version: number
}): JSX.Element {
  const now = createNow()
  const [busy, setBusy] = createSignal(false)
  const standing = createTask(
    () => {
      const address = wallet()?.address
      return address ? { address, id: props.challenge.id, version: props.version + accountVersion() } : undefined
    },
    async ({ address, id }) => {
      try {
        const found = await (await import('../../lib/write/submit.ts')).standingOf(id, address)
        props.onState({ attempt: found.attempt, clear: true })
        return found
      } catch (error) {
        props.onState({ attempt: 0, clear: false })
        const { sentence, details } = inWords(error)
        return { code: String((error as { code?: unknown }).code ?? ''), sentence, details } satisfies Obstacle
      }
    },
  )
  const found = () => {
    const value = standing.value()
    return value && 'attempt' in value ? value : undefined
  }
  const obstacle = () => {
    const value = standing.value()
    return value && 'sentence' in value ? value : undefined
  }
  const help = async (how: 'friendbot' | 'trustline') => {
    setBusy(true)
    try {
      if (how === 'friendbot') await (await import('../../lib/write/account.ts')).askFriendbot(wallet()!.address)
      else await (await import('../../lib/write/account.ts')).acceptAsset(props.challenge.asset)
    } finally {
      setBusy(false)
      accountChanged()
    }
  }
  const closes = () => formatDuration((Date.parse(props.challenge.deadline) - now()) / 1000)
  return (
    <div class="text-sm text-ink-2" aria-live="polite">
      <Show when={found()}>
        {(it) => (
          <p>
            Attempt <span class="num text-ink">{it().attempt}</span>, {it().attemptsLeftToday} of{' '}
            {props.challenge.attemptsPerDay} left today, {it().attemptsLeft} in all ·{' '}
            {it().deposit > 0n
              ? `deposit ${formatAmount(it().deposit, props.challenge.asset)}, back when the file is valid`
              : 'no deposit'}
            {it().carry > 0n
              ? ` · up to ${formatAmount(it().carry, props.challenge.asset)} of grading fees, because the maker's fee budget is used up`
              : ''}{' '}
            · closes in {closes()}
          </p>
        )}
      </Show>
      <Show when={!wallet()}>
        <p>
          {props.challenge.attemptsPerDay} attempts a day, {props.challenge.attempts} in all ·{' '}
          {BigInt(props.challenge.deposit) > 0n
            ? `deposit ${formatAmount(props.challenge.deposit, props.challenge.asset)}, back when the file is valid`
            : 'no deposit'}{' '}
          · closes in {closes()}
        </p>
      </Show>
      <Show when={obstacle()}>
        {(it) => (
          <Notice
            tone={it().code === 'too_late' ? 'bad' : 'wait'}
            title={titles[it().code] ?? 'This account cannot submit now'}
            details={it().details}
            actions={
              <>
                <Show when={it().code === 'no_funds' && config().friendbotUrl}>
                  <Button look="primary" disabled={busy()} busy={busy()} onClick={() => help('friendbot')}>
                    Get test money
                  </Button>
                </Show>
                <Show when={it().code === 'no_trustline'}>
                  <Button look="primary" disabled={busy()} busy={busy()} onClick={() => help('trustline')}>
                    Add {props.challenge.asset.code} to the account
                  </Button>
                </Show>
              </>
            }
          >
            {it().sentence} Nothing was spent.
          </Notice>
        )}
      </Show>
    </div>
  )
}
