/** The rules that bind everyone: from the ledger where they are on the ledger, from the checked manifest otherwise. */
import { apiTerms } from '@stellartrain/sdk/story'
import { copyWords, gateWords, probingWords } from '@stellartrain/sdk/terms-words'
import { For, type JSX } from 'solid-js'
import type { Manifest, ManifestState } from '../../lib/content/manifest.ts'
import { metricText } from '../../lib/content/metrics.ts'
import type { Challenge } from '../../lib/read/types.ts'
import {
  formatBytes,
  formatCount,
  formatDay,
  formatDuration,
  formatScore,
  meetsSign,
  metricName,
} from '../../lib/words/format.ts'
import { feeWords, paidWords, payoutWords, paysLabels } from '../../lib/words/payout.ts'
import { storyAsset, WORDS } from '../../lib/words/tell.ts'
import { Addressed } from '../ui/addressed.tsx'
import { Amount } from '../ui/amount.tsx'
import { Facts } from '../ui/facts.tsx'
import { Given } from '../ui/given.tsx'
import { Time } from '../ui/time.tsx'
import { evaluatorRows } from './evaluator-rows.tsx'

export function Rules(props: { challenge: Challenge; manifest: ManifestState }): JSX.Element {
  const it = () => props.challenge
  const labels = () => paysLabels(it())
  const terms = () => apiTerms(it())
  const evaluator = () => evaluatorRows(props.manifest.value())
  const text = () => metricText(it().info?.metric ?? props.manifest.value()?.metric.id ?? '')
  return (
    <div class="grid gap-8">
      <Group title="Metric">
        <Facts
          wide
          rows={[
            ['Metric', metricName(it().info?.metric ?? props.manifest.value()?.metric.id ?? null)],
            ...(evaluator().length > 0
              ? evaluator()
              : ([
                  [
                    'Formula',
                    <span>
                      <code class="num text-sm">{text()?.formula ?? 'See the manifest'}</code>
                      <span class="block text-ink-3">{text()?.words}</span>
                    </span>,
                  ],
                ] as [string, JSX.Element][])),
            ...wanted(it(), props.manifest.value()),
            [
              'Baseline',
              <Given when={props.manifest.value()} fallback="…">
                {(manifest) => `${formatScore(manifest().baseline.score)}: ${manifest().baseline.description}`}
              </Given>,
            ],
          ]}
        />
      </Group>
      <Group title={labels() ? 'Pay' : 'Prize'}>
        <Facts
          wide
          rows={[
            [labels() ? 'Pay' : 'Reward', capital(payoutWords(it()))],
            ['Paid', capital(paidWords(it()))],
          ]}
        />
      </Group>
      <Group title="Submissions">
        <Facts
          wide
          rows={[
            [
              'Attempts',
              `${formatCount(it().attempts, 'attempt')} in total, ${it().attemptsPerDay} per day (UTC); rejected ones count`,
            ],
            [
              'Deposit',
              BigInt(it().deposit) > 0n ? (
                <span>
                  <Amount units={it().deposit} asset={it().asset} />, returned with every valid submission; if one is
                  rejected or unavailable, the deposit pays the oracles and the rest is returned
                </span>
              ) : (
                'none'
              ),
            ],
            [
              'File',
              <Given when={props.manifest.value()} fallback="…">
                {(manifest) => (
                  <span>
                    <Given when={manifest().submission.model} fallback="CSV, ">
                      {(model) => (
                        <>
                          A model, {modelKinds(manifest().submission.formats)}, that gets{' '}
                          <code class="num text-sm">
                            {model()
                              .inputs.map(({ name }) => name)
                              .join(', ')}
                          </code>{' '}
                          of rows that stay sealed until the end, and predicts them with counted steps (at most{' '}
                          {(model().fuel ?? 1_000_000_000).toLocaleString('en')}) and {model().memoryMib ?? 64} MiB of
                          memory. The oracles run it; it reaches nothing else. Its predictions:{' '}
                        </>
                      )}
                    </Given>
                    {formatCount(manifest().submission.rows, 'row')}
                    {labels() ? ' in a full batch' : ''}, at most {formatBytes(manifest().submission.maxBytes)}:{' '}
                    <code class="num text-sm">{manifest().submission.idColumn}</code>
                    <Given when={manifest().submission.long}>
                      {(long) => (
                        <>
                          , one or several a value of it, with{' '}
                          <code class="num text-sm">
                            {long()
                              .fields.map(({ name }) => name)
                              .join(', ')}
                          </code>
                          , read as
                        </>
                      )}
                    </Given>
                    <For each={manifest().submission.columns}>
                      {(column) => (
                        <>
                          , <code class="num text-sm">{column.name}</code> (
                          {column.labels ? column.labels.join(' | ') : column.type})
                        </>
                      )}
                    </For>
                  </span>
                )}
              </Given>,
            ],
            ['Grading', feeWords(it())],
            ['Copies', copyWords(terms(), storyAsset(it().asset), WORDS)],
            ...probing(it(), props.manifest.value()),
            [
              'Admission',
              <>
                <Addressed text={gateWords(it().gate)} />
                <Given when={props.manifest.value()?.labeling?.quiz}>
                  {(quiz) => (
                    <span>
                      {' '}
                      Before a labeler gets items it passes a quiz: {Math.round(quiz().minAccuracy * 100)} % of{' '}
                      {formatCount(quiz().questions, 'question')} in{' '}
                      {quiz().tries === 1 ? 'one try' : `one of ${quiz().tries} tries`}, as most oracles judge.
                    </span>
                  )}
                </Given>
              </>,
            ],
            [
              'Privacy',
              'Encrypted in the sender’s browser to the challenge’s key, which the oracles hold. It leaves the browser only after the ledger has its number.',
            ],
          ]}
        />
      </Group>
      <Group title="What becomes public">
        <Facts
          wide
          rows={[
            ['At once', 'Your address, the time, the CID of the encrypted file, the score.'],
            ['After the end', it().opensTruth ? opened(props.manifest.value()?.opens.submissions) : 'Nothing more.'],
            ['Who knows the truth', 'The maker and the oracles.'],
          ]}
        />
      </Group>
      <Group title="Dates">
        <Facts
          wide
          rows={[
            ['Opens', <Moment at={it().opens} />],
            ['Oracles accept by', <Moment at={it().acceptBy} />],
            ['Closes', <Moment at={it().deadline} />],
            ['Votes end', <Moment at={it().votesEnd} />],
            ...(it().payout.rule === 'ranked'
              ? ([['Ranked by', <Moment at={it().gradeBy} />]] as [string, JSX.Element][])
              : []),
            ...(it().judge
              ? ([['Judge decides by', <Moment at={it().judge?.judgeBy ?? it().gradeBy} />]] as [string, JSX.Element][])
              : []),
            [
              'Waiting time',
              `${formatDuration(it().patienceSeconds)}: an oracle tries a file at least this long before it may vote “unavailable”, and a bounty’s queue waits this long for votes that are missing.`,
            ],
          ]}
        />
      </Group>
    </div>
  )
}

/** What a score must be, and on which rows it counts; of labels, how many of the known items have to be right. */
function wanted(it: Challenge, manifest: Manifest | undefined): [string, string][] {
  if (it.payout.rule === 'earnings') return []
  if (it.payout.rule === 'per_unit') {
    const least = manifest?.labeling?.minAccuracy
    return [['To be paid', least ? `≥ ${formatScore(least)} of the known items in a batch` : '…']]
  }
  const parts = manifest?.truth?.parts
  return [
    ['To win', `${meetsSign(it.direction)} ${formatScore(it.threshold.value)}`],
    ...(it.payout.rule === 'ranked' && parts
      ? ([['Rows', `${parts.public} public, scored at once; ${parts.private} private, which decide the prizes`]] as [
          string,
          string,
        ][])
      : []),
    ['Rounding', `To ${formatScore(it.step.value)}, against the solver, before the score is compared.`],
  ]
}

/** What probing costs, where it is possible. */
function probing(it: Challenge, manifest: Manifest | undefined): [string, string][] {
  if (!manifest || it.payout.rule !== 'bounty') return []
  const budget = BigInt(it.money.budget)
  const words = probingWords(apiTerms(it), manifest.submission.rows, budget, storyAsset(it.asset), WORDS)
  return words ? [['Reading the labels from scores', words]] : []
}

const opened = (submissions: string | undefined): string =>
  submissions === 'all'
    ? 'The truth and all scored submissions.'
    : submissions === 'winning'
      ? 'The truth and the winning submissions.'
      : 'The truth.'

/** What a model can be, where models are submitted. */
const modelKinds = (formats: Manifest['submission']['formats'] = []): string =>
  formats.map((format) => (format === 'onnx' ? 'an ONNX graph' : 'a WebAssembly module')).join(' or ')

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** A date in full, for a table of dates is read to plan by. */
function Moment(props: { at: string }): JSX.Element {
  return (
    <>
      {formatDay(Date.parse(props.at))}{' '}
      <span class="text-ink-3">
        (<Time at={props.at} />)
      </span>
    </>
  )
}

function Group(props: { title: string; children: JSX.Element }): JSX.Element {
  return (
    <section class="grid gap-1" aria-label={props.title}>
      <h2 class="section-title">{props.title}</h2>
      {props.children}
    </section>
  )
}
