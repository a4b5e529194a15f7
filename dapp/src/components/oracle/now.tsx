/** What the oracle itself says at this moment: queue, fee, what it serves, what its operator should see to. */
import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import type { OracleStatus } from '../../lib/oracle/status.ts'
import { formatCount, formatDuration, formatUnits } from '../../lib/words/format.ts'
import { Facts } from '../ui/facts.tsx'
import { Given } from '../ui/given.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

/** Tokens count in 7 decimals unless they are unusual; an oracle states one number for all. */
const USUAL_DECIMALS = 7

/** @param answer undefined while it is asked; `said` is null where it does not answer */
export function OracleNow(props: { answer: { said: OracleStatus | null } | undefined }): JSX.Element {
  return (
    <Panel title="Now" icon="clock" aside={<span class="text-xs text-ink-3">as it reports itself</span>}>
      <Given when={props.answer} fallback={<Skeleton lines={5} />}>
        {(answer) => (
          <Given when={answer().said} fallback={<Silent />}>
            {(said) => (
              <>
                <p class="text-sm inline-flex items-center gap-1.5">
                  <Icon name="check" size={14} class="text-good" /> Online
                </p>
                <Facts rows={rowsOf(said())} />
                <For each={said().warnings}>{(warning) => <Notice tone="wait">{warning}</Notice>}</For>
                <Serves said={said()} />
                <Show when={said().refused.length > 0}>
                  <details class="text-sm">
                    <summary class="summary text-ink-2">
                      It refuses {formatCount(said().refused.length, 'challenge')} that name it
                    </summary>
                    <ul class="mt-2 grid gap-2">
                      <For each={said().refused}>
                        {({ challenge, message }) => (
                          <li class="[overflow-wrap:anywhere]">
                            <A class="link" href={`/challenges/${challenge}`}>
                              Challenge {challenge}
                            </A>
                            : {message}
                          </li>
                        )}
                      </For>
                    </ul>
                  </details>
                </Show>
              </>
            )}
          </Given>
        )}
      </Given>
    </Panel>
  )
}

function Silent(): JSX.Element {
  return (
    <Notice tone="wait" title="It does not answer this browser">
      It may be down, or reachable only for others. What counts are its votes: see its record.
    </Notice>
  )
}

function rowsOf(said: OracleStatus): [string, JSX.Element][] {
  return [
    [
      'Queue',
      said.queue === 0
        ? 'empty'
        : `${formatCount(said.queue, 'submission')}, the oldest for ${formatDuration(said.oldestSeconds)}`,
    ],
    ...((said.failing > 0 ? [['Tried again after a failure', String(said.failing)]] : []) as [string, string][]),
    [
      'Lowest fee',
      said.fee === '0' ? 'none' : `${formatUnits(said.fee, USUAL_DECIMALS)} per submission, in the challenge's asset`,
    ],
    ['For its transactions', said.balance === null ? 'not stated' : `${said.balance} XLM`],
    ['Reports being uploaded', said.undelivered === 0 ? 'none' : formatCount(said.undelivered, 'document')],
    ['Engine', said.engine],
  ]
}

const RULES: Readonly<Record<string, string>> = {
  Bounty: 'prizes for reaching a score',
  Ranked: 'rankings',
  PerUnit: 'labels per unit',
  Earnings: 'earnings',
}

function Serves(props: { said: OracleStatus }): JSX.Element {
  const rules = () => props.said.rules.map((rule) => RULES[rule] ?? rule).join(', ')
  return (
    <div class="grid gap-1 text-sm">
      <p>
        <span class="text-ink-3">Grades</span> {rules() || 'nothing'}
      </p>
      <details>
        <summary class="summary text-ink-2">{formatCount(props.said.metrics.length, 'metric')}</summary>
        <p class="mt-2 text-xs font-mono text-ink-2 [overflow-wrap:anywhere]">{props.said.metrics.join(', ')}</p>
      </details>
    </div>
  )
}
