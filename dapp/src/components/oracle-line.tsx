/** Whether an oracle answers now, what it asks for, and how long its queue is; asked of the oracle itself. */
import type { JSX } from 'solid-js'
import { type OracleStatus, readOracleStatus } from '../lib/oracle/status.ts'
import { createTask } from '../lib/reactive/task.ts'
import { formatCount, formatUnits } from '../lib/words/format.ts'
import { Given } from './ui/given.tsx'
import { Icon } from './ui/icon.tsx'

/** Tokens count in 7 decimals unless they are unusual; an oracle states one number for all. */
const USUAL_DECIMALS = 7

export function OracleLine(props: { url: string; address: string }): JSX.Element {
  const status = createTask<{ url: string; address: string }, { said: OracleStatus | null }>(
    () => ({ url: props.url, address: props.address }),
    async (oracle) => ({ said: await readOracleStatus(oracle) }),
  )
  return (
    <span class="text-xs min-h-4.5 inline-flex items-start gap-1.5 text-ink-3">
      <Given when={status.value()} fallback="asking…">
        {(answer) => (
          <Given
            when={answer().said}
            fallback={
              <>
                <Icon name="alert" size={13} class="text-wait mt-0.5" /> does not answer this browser at the moment
              </>
            }
          >
            {(said) => (
              <>
                <Icon name="check" size={13} class="text-good mt-0.5" />
                <span>
                  online,{' '}
                  {said().queue === 0 ? 'queue empty' : `${formatCount(said().queue, 'submission')} in its queue`};{' '}
                  {said().fee === '0'
                    ? 'no minimum fee'
                    : `${formatUnits(said().fee, USUAL_DECIMALS)} per submission, in the challenge's asset`}
                  ; {formatCount(said().metrics.length, 'metric')}
                </span>
              </>
            )}
          </Given>
        )}
      </Given>
    </span>
  )
}
