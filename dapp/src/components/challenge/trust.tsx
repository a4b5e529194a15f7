/** Who grades, by what agreement, and what can be checked, stated plainly, risks included. */
import { createAsync } from '@solidjs/router'
import { apiTerms } from '@stellartrain/sdk/story'
import { gateWords, judgeWords, silenceWords } from '@stellartrain/sdk/terms-words'
import { For, type JSX, Show } from 'solid-js'
import { EVALUATOR_TRUST, evaluatorOf } from '../../lib/content/evaluator.ts'
import type { ManifestState } from '../../lib/content/manifest.ts'
import { conductWords } from '../../lib/oracle/conduct.ts'
import { createTask } from '../../lib/reactive/task.ts'
import { getOracles } from '../../lib/read/api.ts'
import { issuerWords, readIssuerPowers } from '../../lib/read/issuer.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { config } from '../../lib/site/config.ts'
import { ipfsLink } from '../../lib/site/links.ts'
import { shorten } from '../../lib/words/format.ts'
import { WORDS } from '../../lib/words/tell.ts'
import { openedBy, truthWords } from '../../lib/words/truth-words.ts'
import { Addressed } from '../ui/addressed.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'
import { GateWords, JudgeWords } from './beside.tsx'

export function Trust(props: { challenge: Challenge; manifest: ManifestState }): JSX.Element {
  const records = createAsync(() => getOracles())
  const record = (address: string) => records()?.find((oracle) => oracle.address === address)
  const count = () => props.challenge.oracles.length
  const terms = () => apiTerms(props.challenge)
  const evaluator = () => {
    const manifest = props.manifest.value()
    return manifest && evaluatorOf(manifest)
  }
  const truth = () => truthWords(props.challenge, props.manifest.value()?.opens)
  return (
    <Panel title="Trust" icon="shield">
      <p class="text-sm text-ink-2 text-pretty">
        <Show
          when={count() > 1}
          fallback={
            <>
              Graded by <strong class="text-ink">one party</strong>,{' '}
              {shorten(props.challenge.oracles[0]?.address ?? '')}. It can read the submissions and knows the truth.
            </>
          }
        >
          <strong class="text-ink">
            {props.challenge.quorum} of {count()} oracles
          </strong>{' '}
          must post the same verdict. They can read the submissions and know the truth.
        </Show>
      </p>
      <ul class="grid gap-2">
        <For each={props.challenge.oracles}>
          {(oracle) => (
            <li class="grid gap-0.5 text-sm">
              <span class="flex items-center justify-between gap-2">
                <Hash value={oracle.address} what="oracle" href={`/oracles/${oracle.address}`} />
                <span class={`inline-flex items-center gap-1 text-xs ${oracle.accepted ? 'text-good' : 'text-wait'}`}>
                  <Icon name={oracle.accepted ? 'check' : 'clock'} size={13} />
                  {oracle.accepted ? 'accepted' : 'not yet accepted'}
                </span>
              </span>
              <span class="text-xs text-ink-3">
                Here: {conductWords(oracle)}
                <Given when={record(oracle.address)}>
                  {(known) => <span class="block">In all challenges: {conductWords(known())}</span>}
                </Given>
              </span>
            </li>
          )}
        </For>
      </ul>
      <ul class="grid gap-2.5 text-xs text-ink-2 border-t border-line pt-3">
        <Given when={props.challenge.truth}>
          {(commitment) => (
            <Line kind="good">
              The truth was fixed before anyone submitted: commitment{' '}
              <Hash value={commitment()} what="commitment of the truth" head={6} tail={6} />
            </Line>
          )}
        </Given>
        <Show when={!props.manifest.value()}>
          <Line kind="unknown">The description could not be checked yet.</Line>
        </Show>
        <Given when={evaluator()}>
          {(module) => (
            <Line kind="risk">
              Scored by <code class="num">{module().name}</code>. {EVALUATOR_TRUST}{' '}
              <Hash value={module().cid} what="CID of the evaluator" href={ipfsLink(module().cid)} external />
            </Line>
          )}
        </Given>
        <Line kind={truth().kind}>
          {truth().text}
          <For each={props.challenge.reveals}>
            {(reveal) => (
              <>
                {' '}
                <Hash
                  value={reveal.cid}
                  what={`truth as published by ${openedBy(reveal.by, props.challenge.maker)}`}
                  href={ipfsLink(reveal.cid)}
                  external
                />
              </>
            )}
          </For>
        </Line>
        <Line kind={props.challenge.judge ? 'note' : 'risk'}>{silenceWords(terms())}</Line>
        <Show when={props.challenge.judge}>
          <Line kind="note">
            <Addressed text={judgeWords(terms(), WORDS)} />
            <JudgeWords challenge={props.challenge} />
          </Line>
        </Show>
        <Show when={props.challenge.gate}>
          <Line kind="note">
            <Addressed text={gateWords(props.challenge.gate)} />
            <GateWords challenge={props.challenge} />
          </Line>
        </Show>
        <Line kind="good">The contract refuses submissions by the maker, the oracles and the judge.</Line>
        <Line kind="risk">
          They could still take part through another account. Be careful with scores that are too perfect.
        </Line>
        <Show when={props.challenge.asset.issuer}>
          <IssuerLine challenge={props.challenge} />
        </Show>
      </ul>
    </Panel>
  )
}

/** Who issues the prize's asset, and what that party can do to whoever holds it. */
function IssuerLine(props: { challenge: Challenge }): JSX.Element {
  const issuer = () => props.challenge.asset.issuer ?? ''
  const powers = createTask(issuer, async (address) => ({
    read: await readIssuerPowers(address, config().rpcUrl),
  }))
  const words = () =>
    issuerWords(props.challenge.asset.code ?? 'The asset', shorten(issuer()), powers.value()?.read ?? null)
  return (
    <>
      <Line kind={words().risk ? 'risk' : 'good'}>{words().text}</Line>
      <Show when={issuer() === props.challenge.maker}>
        <Line kind="risk">The maker of this challenge is that issuer.</Line>
      </Show>
    </>
  )
}

type LineKind = 'good' | 'risk' | 'note' | 'unknown'

const looks: Record<LineKind, { icon: IconName; ink: string; word: string }> = {
  good: { icon: 'check', ink: 'text-good', word: '' },
  risk: { icon: 'alert', ink: 'text-wait', word: 'Risk: ' },
  note: { icon: 'info', ink: 'text-ink-3', word: '' },
  unknown: { icon: 'clock', ink: 'text-ink-3', word: '' },
}

/** Green only for what protects; a risk has its own mark and says that it is one. */
function Line(props: { kind: LineKind; children: JSX.Element }): JSX.Element {
  const look = () => looks[props.kind]
  return (
    <li class="flex gap-2">
      <Icon name={look().icon} size={14} class={`mt-0.5 ${look().ink}`} />
      <span class="min-w-0 text-pretty">
        <Show when={look().word}>
          <strong class={look().ink}>{look().word}</strong>
        </Show>
        {props.children}
      </span>
    </li>
  )
}
