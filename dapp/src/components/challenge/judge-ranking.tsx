/** The judge's ranking: the running table, with the scores that the judge gives. It counts where no quorum of oracles ranked. */

import { revalidate } from '@solidjs/router'
import { scoreFromDecimal, scoreToDecimal } from '@stellartrain/contracts-client/units'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import type { Challenge } from '../../lib/read/types.ts'
import { type RankedPlace, rankingProblem, tableOf } from '../../lib/rules/judge.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import type { Words } from '../../lib/words/errors.ts'
import { formatAmount, ordinal } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { TextField } from '../ui/field.tsx'
import { Hash } from '../ui/hash.tsx'

const unitsOf = (text: string): bigint | undefined => {
  try {
    return scoreFromDecimal(text.trim())
  } catch {
    return undefined
  }
}

export function JudgeRanking(props: { challenge: Challenge }): JSX.Element {
  // Taken once: what the judge typed must not change under its hands.
  const table = tableOf(props.challenge)
  const [scores, setScores] = createSignal<Record<number, string>>(
    Object.fromEntries(table.map(({ number, score }) => [number, scoreToDecimal(score)])),
  )
  const [reasons, setReasons] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const maximize = () => props.challenge.direction === 'maximize'
  /** Best first; a row without a score has no place. */
  const rows = createMemo((): RankedPlace[] =>
    table
      .flatMap((row) => {
        const score = unitsOf(scores()[row.number] ?? '')
        return score === undefined ? [] : [{ ...row, score }]
      })
      .toSorted((a, b) => (a.score === b.score ? a.number - b.number : a.score > b.score === maximize() ? -1 : 1)),
  )
  const problem = () => rankingProblem(props.challenge, rows())
  const prizes = () => (props.challenge.payout.rule === 'ranked' ? props.challenge.payout.prizes : [])
  const rankOf = (number: number) => rows().findIndex((row) => row.number === number)
  const post = async () => {
    setBusy(true)
    setFailure()
    const failed = await attemptAction(async () =>
      (await import('../../lib/write/judge.ts')).rank(props.challenge.id, rows(), reasons().trim()),
    )
    setBusy(false)
    setFailure(failed)
    if (!failed) await revalidate()
  }
  return (
    <section aria-labelledby="judge-ranking" class="grid gap-3 border-t border-line pt-4">
      <h3 id="judge-ranking" class="text-sm font-600">
        Your ranking
      </h3>
      <p class="text-sm text-ink-2 max-w-[72ch] text-pretty">
        The oracles have not ranked. Your last ranking decides the prizes; without one the running table pays, in full.
        Leave a score empty to leave its solver out.
      </p>
      <ol class="grid gap-2">
        <For each={table}>
          {(row) => (
            <li class="grid grid-cols-[minmax(0,1fr)_9rem] gap-3 items-end text-sm">
              <span class="min-h-11 flex flex-wrap items-center gap-x-3">
                <span class="num">#{row.number}</span>
                <Hash value={row.solver} what="solver" href={`/accounts/${row.solver}`} plain />
                <span class="text-ink-3">
                  {rankOf(row.number) < 0
                    ? 'no place'
                    : `${ordinal(rankOf(row.number) + 1)}, ${formatAmount(prizes()[rankOf(row.number)] ?? '0', props.challenge.asset)}`}
                </span>
              </span>
              <TextField
                label={`Score of #${row.number}`}
                mono
                inputmode="decimal"
                value={scores()[row.number] ?? ''}
                onInput={(text) => setScores((all) => ({ ...all, [row.number]: text }))}
              />
            </li>
          )}
        </For>
      </ol>
      <TextField
        label="Reasons for your ranking"
        rows={3}
        value={reasons()}
        onInput={setReasons}
        hint="They are published with it."
      />
      <Show when={problem()}>
        <p class="text-xs font-600 text-bad" role="alert">
          {problem()}
        </p>
      </Show>
      <Failure words={failure()} />
      <Button
        look="primary"
        class="justify-self-start"
        busy={busy()}
        disabled={busy() || problem() !== null || rows().length === 0 || reasons().trim() === ''}
        onClick={post}
      >
        {busy() ? 'Waiting for signature and ledger…' : 'Post the ranking'}
      </Button>
    </section>
  )
}
