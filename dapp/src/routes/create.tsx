/** Create a challenge: what kind first, then its steps with a running summary; the draft survives a reload. */
import { useSearchParams } from '@solidjs/router'
import { createSignal, For, type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { DataStep } from '../components/create/data-step.tsx'
import { KindStep } from '../components/create/kind-step.tsx'
import { MetricStep } from '../components/create/metric-step.tsx'
import { MoneyStep } from '../components/create/money-step.tsx'
import { OraclesStep } from '../components/create/oracles-step.tsx'
import { ReviewStep } from '../components/create/review-step.tsx'
import { Summary } from '../components/create/summary.tsx'
import { Button } from '../components/ui/button.tsx'
import { Given } from '../components/ui/given.tsx'
import { Icon } from '../components/ui/icon.tsx'
import { Notice } from '../components/ui/notice.tsx'
import { Skeleton } from '../components/ui/skeleton.tsx'
import { Title } from '../components/ui/title.tsx'
import { paysLabels, type StepName, stepsOf } from '../lib/create/kinds.ts'
import { createState } from '../lib/create/state.ts'
import type { CreateState } from '../lib/create/state-shape.ts'
import { createAfter } from '../lib/reactive/after.ts'
import { config } from '../lib/site/config.ts'

// A competition needs none of it.
const ItemsStep = lazy(async () => ({
  default: (await import('../components/create/labels/items-step.tsx')).ItemsStep,
}))
const TaskStep = lazy(async () => ({ default: (await import('../components/create/labels/task-step.tsx')).TaskStep }))
const LabelsMoneyStep = lazy(async () => ({
  default: (await import('../components/create/labels/money-step.tsx')).LabelsMoneyStep,
}))
const LabelsReviewStep = lazy(async () => ({
  default: (await import('../components/create/labels/review-step.tsx')).LabelsReviewStep,
}))

const labels: Record<StepName, string> = {
  kind: 'Kind',
  data: 'Data',
  metric: 'Metric',
  items: 'Items',
  task: 'Task',
  money: 'Money',
  oracles: 'Oracles',
  review: 'Review',
}

export default function Create(): JSX.Element {
  return (
    <Show when={config().assets.length > 0} fallback={<NoAsset />}>
      <Wizard />
    </Show>
  )
}

/** A deployment may list none; a prize cannot be named then. */
function NoAsset(): JSX.Element {
  return (
    <div class="grid gap-6">
      <Title>Create a challenge</Title>
      <h1 class="page-title">Create a challenge</h1>
      <Notice tone="wait" title="This site lists no asset to pay a prize in.">
        Its operator adds one to <code>assets</code> in <code>config.json</code>. The CLI creates a challenge in any
        asset: <code>npx stellartrain create --help</code>.
      </Notice>
    </div>
  )
}

function Wizard(): JSX.Element {
  const [search, setSearch] = useSearchParams<{ step: string }>()
  const state = createState(() => search.step)
  const { step } = state
  const steps = () => stepsOf(state.form.kind)
  const [tried, setTried] = createSignal(false)
  // A step that was passed before shows at once what is wrong with it.
  const shown: CreateState = {
    ...state,
    problems: () => (tried() || state.form.seen.includes(step()) ? state.problems() : {}),
  }
  let heading: HTMLHeadingElement | undefined
  const go = (name: StepName) => {
    setTried(false)
    passing.forget()
    setSearch({ step: name === 'kind' ? undefined : name }, { scroll: true })
    heading?.focus({ preventScroll: true })
  }
  const next = () => {
    setTried(true)
    if (Object.keys(state.problems()).length > 0) return
    if (!state.form.seen.includes(step())) state.setForm('seen', (seen) => [...seen, step()])
    const following = steps()[steps().indexOf(step()) + 1]
    if (following) go(following)
  }
  // While it is being read whether the wallet holds the prize, nobody knows whether this step is right.
  const passing = createAfter(
    () => (step() === 'money' && state.fundsBusy()) || (paysLabels(state.form.kind) && state.labels.busy()),
    next,
  )
  const before = () => steps()[steps().indexOf(step()) - 1]
  const complete = (name: StepName) =>
    name !== 'review' && state.form.seen.includes(name) && Object.keys(state.problemsOf(name)).length === 0
  const missing = () =>
    steps()
      .filter((name) => name !== 'review' && Object.keys(state.problemsOf(name)).length > 0)
      .map((name) => labels[name])
  return (
    <div class="grid gap-6">
      <Title>Create a challenge</Title>
      <header class="grid gap-1">
        <h1 class="page-title">Create a challenge</h1>
        <p class="text-ink-2 max-w-[68ch]">
          You lock the money with one signature in the last step. Until then everything stays in this browser.
        </p>
      </header>
      <nav aria-label="Steps">
        <ol class="flex flex-wrap gap-x-2 sm:gap-x-3 border-b border-line">
          <For each={steps()}>
            {(name, index) => (
              <li class="shrink-0">
                <button
                  type="button"
                  class="tap px-2 sm:px-3 inline-flex items-center gap-2 text-sm font-600 bg-transparent border-b-2 border-solid border-transparent text-ink-3 hover:text-ink aria-[current=step]:text-ink aria-[current=step]:border-accent focusable focus-visible:-outline-offset-2"
                  aria-current={step() === name ? 'step' : undefined}
                  onClick={() => go(name)}
                >
                  <span class="num text-xs">{index() + 1}</span> {labels[name]}
                  <Show when={complete(name)}>
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
            passing.ask()
          }}
        >
          <h2 class="section-title outline-none" tabIndex={-1} ref={heading}>
            {steps().indexOf(step()) + 1}. {labels[step()]}
          </h2>
          <Suspense fallback={<Skeleton lines={6} />}>
            <Switch>
              <Match when={step() === 'kind'}>
                <KindStep state={shown} />
              </Match>
              <Match when={step() === 'data'}>
                <DataStep state={shown} />
              </Match>
              <Match when={step() === 'metric'}>
                <MetricStep state={shown} />
              </Match>
              <Match when={step() === 'items'}>
                <ItemsStep state={shown} />
              </Match>
              <Match when={step() === 'task'}>
                <TaskStep state={shown} />
              </Match>
              <Match when={step() === 'money' && paysLabels(state.form.kind)}>
                <LabelsMoneyStep state={shown} />
              </Match>
              <Match when={step() === 'money'}>
                <MoneyStep state={shown} />
              </Match>
              <Match when={step() === 'oracles'}>
                <OraclesStep state={shown} />
              </Match>
              <Match when={step() === 'review' && paysLabels(state.form.kind)}>
                <LabelsReviewStep state={shown} missing={missing()} />
              </Match>
              <Match when={step() === 'review'}>
                <ReviewStep state={shown} missing={missing()} />
              </Match>
            </Switch>
          </Suspense>
          <Show
            when={step() === 'review'}
            fallback={
              <div class="flex flex-wrap gap-3">
                <Back to={before()} go={go} />
                <Button type="submit" look="primary" icon="arrow" busy={passing.waiting()}>
                  Next
                </Button>
              </div>
            }
          >
            <Back to={before()} go={go} />
          </Show>
        </form>
        <aside aria-label="Your challenge so far" class="lg:sticky lg:top-6 self-start">
          <Summary state={shown} />
        </aside>
      </div>
    </div>
  )
}

function Back(props: { to: StepName | undefined; go: (name: StepName) => void }): JSX.Element {
  return (
    <Given when={props.to}>
      {(to) => (
        <Button icon="back" class="justify-self-start" onClick={() => props.go(to())}>
          Back
        </Button>
      )}
    </Given>
  )
}
