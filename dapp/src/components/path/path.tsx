/** The signature: a submission's whole story, live. Steps with time and proofs; the sentences of the steps that have one below. */
import { For, type JSX, Show } from 'solid-js'
import { ipfsLink } from '../../lib/site/links.ts'
import { currentStep, type PathStep, type Proof, pathInWords } from '../../lib/words/path.ts'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Icon } from '../ui/icon.tsx'
import { Time } from '../ui/time.tsx'
import { marks } from './marks.ts'

export function Path(props: { steps: PathStep[]; label?: string }): JSX.Element {
  const current = () => currentStep(props.steps)
  const sentences = () => props.steps.filter((step) => step.sentence)
  return (
    <section aria-label={props.label ?? 'Path of the submission'}>
      <p role="status" class="sr-only">
        {pathInWords(props.steps)}
      </p>
      <ol class="grid md:grid-cols-7">
        <For each={props.steps}>
          {(step, index) => (
            <li
              class="relative grid grid-cols-[1.75rem_1fr] md:grid-cols-1 gap-x-3 gap-y-2 content-start pb-5 last:pb-0 md:pb-0 md:pr-3"
              aria-current={step === current() ? 'step' : undefined}
            >
              <Show when={index() < props.steps.length - 1}>
                <span
                  aria-hidden="true"
                  class={`absolute left-[0.8125rem] top-7 bottom-0 w-0.5 md:left-7 md:right-0 md:top-[0.8125rem] md:bottom-auto md:w-auto md:h-0.5 ${step.state === 'done' ? 'bg-good' : 'bg-line-strong'}`}
                />
              </Show>
              <span class={`relative grid place-items-center size-7 rounded-full ${marks[step.state].disc}`}>
                <Icon name={marks[step.state].icon} size={15} class={step.state === 'active' ? 'live-dot' : ''} />
              </span>
              <StepText step={step} />
            </li>
          )}
        </For>
      </ol>
      <Show when={sentences().length > 0}>
        <div class="mt-4 grid gap-1.5">
          <For each={sentences()}>
            {(step) => (
              <p class="text-sm text-ink-2 max-w-[72ch] text-pretty">
                <span class={`font-600 ${marks[step.state].ink}`}>{step.label}.</span> {step.sentence}
              </p>
            )}
          </For>
        </div>
      </Show>
    </section>
  )
}

function StepText(props: { step: PathStep }): JSX.Element {
  return (
    <div class="min-w-0 grid gap-0.5 content-start pt-0.5 md:pt-0">
      <p class={`text-sm font-600 leading-5 ${marks[props.step.state].ink}`}>
        {props.step.label}
        <span class="sr-only">, {marks[props.step.state].word}</span>
      </p>
      <Given when={props.step.at}>{(at) => <Time at={at() * 1_000} class="text-xs text-ink-3" />}</Given>
      <For each={props.step.proofs}>{(proof) => <ProofLink proof={proof} />}</For>
    </div>
  )
}

function ProofLink(props: { proof: Proof }): JSX.Element {
  return props.proof.kind === 'transaction' ? (
    <Hash value={props.proof.value} what="transaction" href={`/tx/${props.proof.value}`} />
  ) : (
    <Hash
      value={props.proof.value}
      what={props.proof.kind === 'report' ? 'grade report' : 'content'}
      href={ipfsLink(props.proof.value)}
      external
    />
  )
}
