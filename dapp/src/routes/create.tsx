/** Create a challenge: five steps with a running summary; the draft survives a reload. */
import { useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { CreateState } from '../components/create/context.ts'
import { DataStep } from '../components/create/data-step.tsx'
import { MetricStep } from '../components/create/metric-step.tsx'
import { MoneyStep } from '../components/create/money-step.tsx'
import { OraclesStep } from '../components/create/oracles-step.tsx'
import { ReviewStep } from '../components/create/review-step.tsx'
import { Summary } from '../components/create/summary.tsx'
import { Button } from '../components/ui/button.tsx'
import { Icon } from '../components/ui/icon.tsx'
import { Title } from '../components/ui/title.tsx'
import { config } from '../lib/config.ts'
import { prepare, tryOut } from '../lib/create/engine.ts'
import {
  checkStep,
  type FileRole,
  type Form,
  newForm,
  type Problems,
  type StepName,
  stepNames,
  sumsOf,
  timesOf,
} from '../lib/create/form.ts'
import { readFiles, readForm, type StoredFile, writeFile, writeForm } from '../lib/create/store.ts'

import { createTask } from '../lib/task.ts'

const labels: Record<StepName, string> = {
  data: 'Data',
  metric: 'Metric',
  money: 'Money',
  oracles: 'Oracles',
  review: 'Review',
}

export default function Create(): JSX.Element {
  const [search, setSearch] = useSearchParams<{ step: string }>()
  const step = (): StepName => stepNames.find((name) => name === search.step) ?? 'data'
  const state = createState(step)
  const [tried, setTried] = createSignal(false)
  const shown: CreateState = { ...state, problems: () => (tried() ? state.problems() : {}) }
  let steps: HTMLOListElement | undefined
  createEffect(() => {
    step()
    steps?.querySelector('[aria-current=step]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  })
  let heading: HTMLHeadingElement | undefined
  const go = (name: StepName) => {
    setTried(false)
    setSearch({ step: name === 'data' ? undefined : name }, { scroll: true })
    heading?.focus({ preventScroll: true })
  }
  const next = () => {
    setTried(true)
    if (Object.keys(state.problems()).length > 0) return
    const following = stepNames[stepNames.indexOf(step()) + 1]
    if (following) go(following)
  }
  const missing = () =>
    stepNames
      .filter((name) => name !== 'review' && Object.keys(state.problemsOf(name)).length > 0)
      .map((name) => labels[name])
  return (
    <div class="grid gap-6">
      <Title>Create a challenge</Title>
      <header class="grid gap-1">
        <h1 class="page-title">Create a challenge</h1>
        <p class="text-ink-2 max-w-[68ch]">
          The prize is locked when the challenge appears. Until you sign at the end, everything stays in this browser.
        </p>
      </header>
      <nav aria-label="Steps">
        <ol ref={steps} class="flex gap-3 overflow-x-auto border-b border-line [scrollbar-width:none]">
          <For each={stepNames}>
            {(name, index) => (
              <li class="shrink-0">
                <button
                  type="button"
                  class="tap px-3 first:pl-0 inline-flex items-center gap-2 text-sm font-600 bg-transparent border-b-2 border-solid border-transparent text-ink-3 hover:text-ink aria-[current=step]:text-ink aria-[current=step]:border-accent focusable focus-visible:-outline-offset-2"
                  aria-current={step() === name ? 'step' : undefined}
                  onClick={() => go(name)}
                >
                  <span class="num text-xs">{index() + 1}</span> {labels[name]}
                  <Show when={name !== 'review' && Object.keys(state.problemsOf(name)).length === 0}>
                    <Icon name="check" size={14} class="text-good" />
                    <span class="sr-only">complete</span>
                  </Show>
                </button>
              </li>
            )}
          </For>
        </ol>
      </nav>
      <div class="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <form
          class="min-w-0 grid gap-7 content-start"
          onSubmit={(event) => {
            event.preventDefault()
            next()
          }}
        >
          <h2 class="section-title outline-none" tabIndex={-1} ref={heading}>
            {stepNames.indexOf(step()) + 1}. {labels[step()]}
          </h2>
          <Show when={step() === 'data'}>
            <DataStep state={shown} />
          </Show>
          <Show when={step() === 'metric'}>
            <MetricStep state={shown} />
          </Show>
          <Show when={step() === 'money'}>
            <MoneyStep state={shown} />
          </Show>
          <Show when={step() === 'oracles'}>
            <OraclesStep state={shown} />
          </Show>
          <Show
            when={step() === 'review'}
            fallback={
              <Button type="submit" look="primary" class="justify-self-start" icon="arrow">
                Next
              </Button>
            }
          >
            <ReviewStep state={shown} missing={missing()} />
          </Show>
        </form>
        <aside aria-label="Your challenge so far" class="lg:sticky lg:top-6 self-start">
          <Summary state={shown} />
        </aside>
      </div>
    </div>
  )
}

function createState(step: () => StepName): CreateState & { problemsOf: (step: StepName) => Problems } {
  const [form, setForm] = createStore<Form>(readForm(newForm(Date.now(), config().assets[0]?.contract ?? '')))
  const [files, setFiles] = createSignal<Partial<Record<FileRole, StoredFile>>>({})
  void readFiles().then((kept) => setFiles((now) => ({ ...kept, ...now })))
  createEffect(() => writeForm({ ...form, oracles: [...form.oracles] }))
  const text = (role: FileRole) => {
    const file = files()[role]
    return file ? new TextDecoder().decode(file.bytes) : null
  }
  const source = createMemo(() => {
    if (form.mode === 'split') {
      const labelled = text('labelled')
      const share = Number(form.testShare) / 100
      if (!labelled || !form.targetColumn || !(share > 0 && share < 1)) return undefined
      const options = { idColumn: form.idColumn, targetColumn: form.targetColumn, testShare: share, seed: form.seed }
      return { kind: 'split' as const, text: labelled, options }
    }
    const [train, test, truth] = [text('train'), text('test'), text('truth')]
    return test && truth ? { kind: 'files' as const, train, test, truth } : undefined
  })
  const prepared = createTask(source, prepare)
  const question = createMemo(() => {
    const data = prepared.value()
    if (!data || !form.metric) return undefined
    return {
      truth: data.truth,
      target: data.target,
      metric: form.metric,
      posLabel: form.posLabel,
      baseline: form.baseline === 'file' ? text('baseline') : null,
    }
  })
  const trials = createTask(question, tryOut)
  const asset = () => config().assets.find((one) => one.contract === form.asset) ?? config().assets[0]!
  const failureOf = (error: unknown) => (error instanceof Error ? error.message : undefined)
  const minPatience = createTask(
    () => true,
    async () => (await import('../lib/write/limits.ts')).minPatience(),
  )
  const problemsOf = (name: StepName): Problems => {
    const problems = checkStep(name, form, {
      now: Date.now(),
      decimals: asset().decimals,
      minPatience: minPatience.value() ?? 0,
    })
    if (name === 'data' && !prepared.value())
      problems.files = 'Files and the column to predict are needed before you go on.'
    if (name === 'metric' && !trials.value()) problems.metric ??= 'The metric has to be tried out on your files first.'
    if (name === 'metric' && form.baseline === 'file' && trials.value()?.baselineProblem)
      problems.baselineText = 'The baseline file would be rejected.'
    return problems
  }
  return {
    form,
    setForm,
    files,
    async setFile(role, file) {
      const stored = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
      setFiles((now) => ({ ...now, [role]: stored }))
      await writeFile(role, stored)
    },
    prepared: prepared.value,
    preparedFailure: () => failureOf(prepared.failure()),
    trials: trials.value,
    trialsFailure: () => failureOf(trials.failure()),
    busy: () => prepared.busy() || trials.busy(),
    asset,
    sums: () => sumsOf(form, asset().decimals),
    times: () => timesOf(form, Date.now()),
    problems: createMemo(() => problemsOf(step())),
    problemsOf,
  }
}
