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
import { Given } from '../components/ui/given.tsx'
import { Icon } from '../components/ui/icon.tsx'
import { Notice } from '../components/ui/notice.tsx'
import { Title } from '../components/ui/title.tsx'
import { createAfter } from '../lib/after.ts'
import { networkNow } from '../lib/clock.ts'
import { config } from '../lib/config.ts'
import { engineWords, prepare, tryOut } from '../lib/create/engine.ts'
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
import { type FileText, readCsvFile } from '../lib/create/read-file.ts'
import { readFiles, readForm, type StoredFile, writeFile, writeForm } from '../lib/create/store.ts'
import { thresholdProblem, thresholdWarning } from '../lib/create/threshold.ts'
import { formatAmount } from '../lib/format.ts'
import { previewCsv } from '../lib/preview.ts'
import { createTask } from '../lib/task.ts'
import { accountVersion, wallet } from '../lib/wallet/session.ts'

const labels: Record<StepName, string> = {
  data: 'Data',
  metric: 'Metric',
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
  const step = (): StepName => stepNames.find((name) => name === search.step) ?? 'data'
  const state = createState(step)
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
    setSearch({ step: name === 'data' ? undefined : name }, { scroll: true })
    heading?.focus({ preventScroll: true })
  }
  const next = () => {
    setTried(true)
    if (Object.keys(state.problems()).length > 0) return
    if (!state.form.seen.includes(step())) state.setForm('seen', (seen) => [...seen, step()])
    const following = stepNames[stepNames.indexOf(step()) + 1]
    if (following) go(following)
  }
  // While it is being read whether the wallet holds the prize, nobody knows whether this step is right.
  const passing = createAfter(() => step() === 'money' && state.fundsBusy(), next)
  const before = () => stepNames[stepNames.indexOf(step()) - 1]
  const complete = (name: StepName) =>
    name !== 'review' && state.form.seen.includes(name) && Object.keys(state.problemsOf(name)).length === 0
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
          You lock the prize with one signature in the last step. Until then everything stays in this browser.
        </p>
      </header>
      <nav aria-label="Steps">
        <ol class="flex flex-wrap gap-x-2 sm:gap-x-3 border-b border-line">
          <For each={stepNames}>
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
              <div class="flex flex-wrap gap-3">
                <Back to={before()} go={go} />
                <Button type="submit" look="primary" icon="arrow" busy={passing.waiting()}>
                  Next
                </Button>
              </div>
            }
          >
            <ReviewStep state={shown} missing={missing()} />
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

function createState(
  step: () => StepName,
): CreateState & { problemsOf: (step: StepName) => Problems; fundsBusy: () => boolean } {
  const [form, setForm] = createStore<Form>(readForm(newForm(networkNow(), config().assets[0]?.contract ?? '')))
  const [files, setFiles] = createSignal<Partial<Record<FileRole, StoredFile>>>({})
  // A browser that keeps no files, as in some private windows, still creates challenges.
  readFiles().then(
    (kept) => setFiles((now) => ({ ...kept, ...now })),
    () => {},
  )
  createEffect(() => writeForm({ ...form, oracles: [...form.oracles], seen: [...form.seen] }))
  const contents = createMemo(() => {
    const read = Object.entries(files()).map(([role, file]) => [role, readCsvFile(file.bytes)] as const)
    return Object.fromEntries(read) as Partial<Record<FileRole, FileText>>
  })
  const text = (role: FileRole) => contents()[role]?.text ?? null
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
  const failureOf = (error: unknown) => (error === undefined ? undefined : engineWords(error))
  const funds = createTask(
    () => {
      const address = wallet()?.address
      return address ? { address, version: accountVersion() } : undefined
    },
    async ({ address }) => (await import('../lib/write/account.ts')).holdingsOf(address),
  )
  const balance = () => {
    const holding = funds.value()?.holdings.find((one) => one.asset.contract === form.asset)
    const words = (units: bigint) => formatAmount(units, asset())
    return holding ? { units: holding.balance ?? 0n, words } : undefined
  }
  const scored = () => {
    const step = Number(form.step)
    const tried = trials.value()
    const threshold = form.threshold.trim() === '' ? Number.NaN : Number(form.threshold)
    return tried && step > 0 && !Number.isNaN(threshold) ? ([threshold, step, tried] as const) : undefined
  }
  const limits = createTask(
    () => true,
    async () => (await import('../lib/write/limits.ts')).readLimits(),
  )
  const problemsOf = (name: StepName): Problems => {
    const problems = checkStep(name, form, {
      now: networkNow(),
      decimals: asset().decimals,
      ...(limits.value() ?? { minPatience: 0, minWindow: 0 }),
      maker: wallet()?.address,
      balance: balance(),
    })
    const data = prepared.value()
    if (name === 'data' && !data) problems.files = 'Choose the files and the column to predict.'
    if (name === 'data' && data?.problem) problems.files = data.problem
    if (name === 'metric' && !trials.value()) problems.metric ??= 'The metric is tried on your files first.'
    const score = scored()
    const unreachable = name === 'metric' && score ? thresholdProblem(...score) : null
    if (unreachable) problems.threshold ??= unreachable
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
      if (role === 'labelled') {
        const header = previewCsv(stored.bytes, 1)?.header ?? []
        // A file's own ids are proposed where a column says that it holds them; the field shows the choice.
        if (!header.includes(form.idColumn))
          setForm({ idColumn: header.find((name) => name.toLowerCase() === 'id') ?? '' })
      }
      await writeFile(role, stored).catch(() => {})
    },
    prepared: prepared.value,
    preparedFailure: () => failureOf(prepared.failure()),
    fileProblem: (role) => contents()[role]?.problem,
    trials: trials.value,
    trialsFailure: () => failureOf(trials.failure()),
    busy: () => prepared.busy() || trials.busy(),
    thresholdWarning: () => {
      const score = scored()
      return score && !thresholdProblem(...score) ? thresholdWarning(...score) : null
    },
    asset,
    sums: () => sumsOf(form, asset().decimals),
    times: () => timesOf(form, networkNow()),
    problems: createMemo(() => problemsOf(step())),
    problemsOf,
    fundsBusy: funds.busy,
  }
}
