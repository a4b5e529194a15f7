/** One undecided submission and the verdicts that its judge may choose: a vote of the oracles, or its own where too few graded it. */
import { A } from '@solidjs/router'
import { scoreFromDecimal, scoreToDecimal } from '@stellartrain/contracts-client/units'
import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import type { Challenge } from '../../lib/read/types.ts'
import { type Ballot, JUDGES_REASON, NO_CONTENT, type Undecided } from '../../lib/rules/judge.ts'
import type { JurorVote } from '../../lib/verdict/jury.ts'
import { formatCount, shorten } from '../../lib/words/format.ts'
import { JurorLines } from '../submission/juror-lines.tsx'
import { TextField } from '../ui/field.tsx'
import { Hash } from '../ui/hash.tsx'

type Choice = { value: string; label: string; ballot: () => Ballot | undefined }

export function BallotChoice(props: {
  of: Undecided
  challenge: Challenge
  /** What jurors voted so far, where the judge is a jury. */
  jurors: readonly JurorVote[]
  chosen: Ballot | undefined
  onChoose: (ballot: Ballot | undefined) => void
}): JSX.Element {
  const name = createUniqueId()
  const it = () => props.of.submission
  const units = () => props.challenge.payout.rule === 'per_unit'
  const [own, setOwn] = createSignal('')
  const [picked, setPicked] = createSignal('')
  const named = () => ({ number: it().number })
  const ownBallot = (): Ballot | undefined => {
    try {
      if (units()) {
        const accepted = Number(own())
        if (!/^\d+$/.test(own().trim()) || accepted > it().units) return undefined
        return { ...named(), verdict: { status: 'scored', score: 0n, content: NO_CONTENT, units: accepted } }
      }
      const score = scoreFromDecimal(own().trim())
      return { ...named(), verdict: { status: 'scored', score, content: NO_CONTENT, units: 0 } }
    } catch {
      return undefined
    }
  }
  const choices = (): Choice[] => [
    ...props.of.votes.map(({ verdict, oracles }, at) => ({
      value: `vote-${at}`,
      label: `${verdictWords(verdict, units())}, as ${oracles.map((oracle) => shorten(oracle)).join(' and ')} voted`,
      ballot: () => ({ ...named(), verdict }),
    })),
    ...(props.of.amongVotes
      ? []
      : [
          { value: 'own', label: units() ? 'Accept labels' : 'Score it', ballot: ownBallot },
          {
            value: 'reject',
            label: 'Reject it',
            ballot: (): Ballot => ({ ...named(), verdict: { status: 'rejected', reason: JUDGES_REASON } }),
          },
        ]),
    { value: '', label: 'Leave it undecided', ballot: () => undefined },
  ]
  const pick = (choice: Choice) => {
    setPicked(choice.value)
    props.onChoose(choice.ballot())
  }
  return (
    <li class="py-3 grid gap-2 text-sm">
      <p class="flex flex-wrap items-center gap-x-3">
        <A class="link target num font-600" href={`/challenges/${props.challenge.id}/submissions/${it().number}`}>
          #{it().number}
        </A>
        <Hash value={it().solver} what="solver" href={`/accounts/${it().solver}`} plain />
        <span class="text-ink-3">
          {props.of.amongVotes
            ? 'A quorum graded it and does not agree: choose among their votes.'
            : 'Fewer than a quorum graded it: the verdict is yours.'}
        </span>
      </p>
      <JurorLines votes={props.jurors} perUnit={units()} />
      <fieldset class="grid gap-1">
        <legend class="sr-only">Verdict on submission {it().number}</legend>
        <For each={choices()}>
          {(choice) => (
            <label class="flex items-center gap-2.5 min-h-9">
              <input
                type="radio"
                class="accent-accent focusable rounded-full size-4.5"
                name={name}
                checked={picked() === choice.value}
                onChange={() => pick(choice)}
              />
              {choice.label}
            </label>
          )}
        </For>
      </fieldset>
      <Show when={picked() === 'own'}>
        <TextField
          label={units() ? 'Accepted labels' : 'Score'}
          mono
          inputmode="decimal"
          class="max-w-60"
          value={own()}
          onInput={(text) => {
            setOwn(text)
            props.onChoose(ownBallot())
          }}
          error={
            own() && !props.chosen
              ? units()
                ? `A whole number up to ${it().units}.`
                : 'A number with at most 7 decimals.'
              : undefined
          }
        />
      </Show>
    </li>
  )
}

function verdictWords(verdict: Ballot['verdict'], units: boolean): string {
  if (verdict.status === 'rejected') return 'Reject it'
  return units ? `Accept ${formatCount(verdict.units, 'label')}` : `Score ${scoreToDecimal(verdict.score)}`
}
