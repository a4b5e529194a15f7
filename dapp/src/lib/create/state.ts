/** The wizard's state: the form and its files as they are kept in this browser, what the engine says of them, and what is wrong with each step. */
import { EVALUATOR_METRICS, MODEL_METRICS } from '@stellartrain/oracle-grade'
import { createEffect, createMemo, createSignal } from 'solid-js'
import { createStore } from 'solid-js/store'
import { previewCsv } from '../content/preview.ts'
import { type FileText, readCsvFile } from '../content/read-file.ts'
import { type OracleStatus, readOracleStatus } from '../oracle/status.ts'
import { networkNow } from '../reactive/clock.ts'
import { createTask } from '../reactive/task.ts'
import { getOracles } from '../read/api.ts'
import { config } from '../site/config.ts'
import { accountVersion, wallet } from '../wallet/session.ts'
import { formatAmount } from '../words/format.ts'
import { checkStep } from './check.ts'
import { engineWords, prepare, tryOut } from './engine.ts'
import { EVALUATOR, languageOf } from './evaluator.ts'
import { type FileRole, type Form, newForm } from './form.ts'
import { paysLabels, type StepName, stepsOf } from './kinds.ts'
import { columnsOf } from './labels/columns.ts'
import { createLabelsState } from './labels/state.ts'
import { kindsOf, modelTerms, takesModels } from './models.ts'
import type { Problems } from './problems.ts'
import { ledgerJudge } from './recount.ts'
import type { CreateState } from './state-shape.ts'
import { readFiles, readForm, type StoredFile, writeFile, writeForm } from './store.ts'
import { sumsOf, timesOf } from './sums.ts'
import { thresholdProblem, thresholdWarning } from './threshold.ts'

export type Wizard = CreateState & {
  step: () => StepName
  problemsOf: (step: StepName) => Problems
  fundsBusy: () => boolean
}

/** @param named the step that the address names; one that the kind does not have is its first */
export function createState(named: () => string | undefined): Wizard {
  const [form, setForm] = createStore<Form>(readForm(newForm(networkNow(), config().assets[0]?.contract ?? '')))
  const [files, setFiles] = createSignal<Partial<Record<FileRole, StoredFile>>>({})
  // A browser that keeps no files, as in some private windows, still creates challenges.
  readFiles().then(
    (kept) => setFiles((now) => ({ ...kept, ...now })),
    () => {},
  )
  createEffect(() => writeForm(JSON.parse(JSON.stringify(form)) as Form))
  const contents = createMemo(() => {
    const isTable = (role: string) => !NO_TABLES.has(role) && !(role === 'baseline' && takesModels(form))
    const tables = Object.entries(files()).filter(([role]) => isTable(role))
    const read = tables.map(([role, file]) => [role, readCsvFile(file.bytes)] as const)
    return Object.fromEntries(read) as Partial<Record<FileRole, FileText>>
  })
  const module = createMemo(() => files().evaluator)
  const text = (role: FileRole) => contents()[role]?.text ?? null
  const source = createMemo(() => {
    if (form.mode === 'split') {
      const labeled = text('labeled')
      const share = Number(form.testShare) / 100
      if (!labeled || !form.targetColumn || !(share > 0 && share < 1)) return undefined
      const { idColumn, targetColumn, seed } = form
      const options = { idColumn, targetColumn, testShare: share, seed, sealed: takesModels(form) }
      return { kind: 'split' as const, text: labeled, options }
    }
    const [train, test, truth] = [text('train'), text('test'), text('truth')]
    if (takesModels(form)) return truth ? { kind: 'files' as const, train, test: null, truth } : undefined
    return test && truth ? { kind: 'files' as const, train, test, truth } : undefined
  })
  const prepared = createTask(source, prepare)
  const question = createMemo(() => {
    const data = prepared.value()
    if (!data || !form.metric) return undefined
    const file = module()
    if (form.metric === EVALUATOR && !file) return undefined
    const models = modelTerms(form) ?? null
    if (takesModels(form) && !models) return undefined
    return {
      truth: data.truth,
      target: data.target,
      metric: form.metric,
      posLabel: form.posLabel,
      baseline: form.baseline === 'file' ? (files().baseline?.bytes ?? null) : null,
      models,
      ranked: form.kind === 'ranked',
      evaluator:
        form.metric === EVALUATOR && file
          ? { module: file.bytes, language: languageOf(file.name), direction: form.direction }
          : null,
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
    async ({ address }) => (await import('../write/account.ts')).holdingsOf(address),
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
    async () => (await import('../write/limits.ts')).readLimits(),
  )
  const labels = createLabelsState({
    form,
    set: (patch) => setForm('labels', patch),
    files,
    decimals: () => asset().decimals,
  })
  // By what each says of itself: one that does not answer may serve it.
  const asked = createMemo(() => {
    if (form.oracles.length === 0) return undefined
    const addresses = form.oracles.join(' ')
    if (form.kind === 'earnings') return { what: 'this payout rule', needs: [], addresses }
    if (paysLabels(form.kind)) return undefined
    const programs = form.metric === EVALUATOR ? [EVALUATOR_METRICS[languageOf(module()?.name ?? '')]] : []
    const models = takesModels(form) ? kindsOf(form.models) : []
    const needs = [...programs, ...models.map((kind) => MODEL_METRICS[kind])]
    const words = [...(programs.length > 0 ? ['such evaluators'] : []), ...(models.length > 0 ? ['these models'] : [])]
    return needs.length > 0 ? { what: words.join(' and '), needs, addresses } : undefined
  })
  const refusing = createTask(asked, async ({ what, needs, addresses }) => {
    const chosen = (await getOracles()).filter(({ address }) => addresses.split(' ').includes(address))
    const said = await Promise.all(chosen.map(async (one) => ({ one, status: await readOracleStatus(one) })))
    const serves = ({ rules, metrics }: OracleStatus) =>
      needs.length > 0 ? needs.every((one) => metrics.includes(one)) : rules.includes('Earnings')
    return { what, oracles: said.flatMap(({ one, status }) => (status && !serves(status) ? [one.address] : [])) }
  })
  const judge = () => ledgerJudge(form, trials.value(), config().recount)
  const problemsOf = (name: StepName): Problems => {
    const problems = checkStep(name, form, {
      now: networkNow(),
      decimals: asset().decimals,
      ...(limits.value() ?? { minPatience: 0, minWindow: 0 }),
      maker: wallet()?.address,
      balance: balance(),
      ...(labels.looked() && { labels: { items: labels.looked()!.count, total: labels.sums()?.total } }),
      refusing: refusing.value(),
      ledgerJudge: judge(),
    })
    if (name === 'items' && !labels.looked()) problems.files = labels.lookFailure() ?? 'Choose the items.'
    if (name === 'items' && !problems.files && needsKnownFile(form.labels) && !files().known)
      problems.files = 'Choose the file of known answers.'
    if (name === 'task' && !labels.source() && Object.keys(problems).length === 0)
      problems.source = labels.sourceFailure() ?? 'The items are still being read.'
    const data = prepared.value()
    if (name === 'data' && !data) problems.files = 'Choose the files and the column to predict.'
    if (name === 'data' && data?.problem) problems.files = data.problem
    if (name === 'metric' && form.metric === EVALUATOR && !module()) problems.evaluator = 'Choose the file that scores.'
    if (name === 'metric' && !trials.value()) problems.metric ??= 'The metric is tried on your files first.'
    const score = scored()
    const unreachable = name === 'metric' && score ? thresholdProblem(...score) : null
    if (unreachable) problems.threshold ??= unreachable
    if (name === 'metric' && form.baseline === 'file' && trials.value()?.baselineProblem)
      problems.baselineText = 'The baseline file would be rejected.'
    return problems
  }
  const step = (): StepName => stepsOf(form.kind).find((name) => name === named()) ?? 'kind'
  return {
    step,
    form,
    setForm,
    files,
    async setFile(role, file) {
      const stored = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
      setFiles((now) => ({ ...now, [role]: stored }))
      if (role === 'items') labels.set(columnsOf(stored, form.labels))
      if (role === 'labeled') {
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
    ledgerJudge: judge,
    asset,
    sums: () => (paysLabels(form.kind) ? labels.sums() : sumsOf(form, asset().decimals)),
    times: () => timesOf(form, networkNow()),
    problems: createMemo(() => problemsOf(step())),
    problemsOf,
    fundsBusy: funds.busy,
    labels,
  }
}

/** They have readers of their own. */
const NO_TABLES: ReadonlySet<string> = new Set<FileRole>(['items', 'known', 'studio', 'evaluator'])

const needsKnownFile = ({ source, knownFrom }: Form['labels']): boolean =>
  source === 'folder' || (knownFrom === 'file' && (source === 'table' || source === 'studio'))
