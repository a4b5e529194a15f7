/** All scores over time with best-so-far and threshold; pointer, arrow keys and the table below give the same numbers. */
import { createEffect, createSignal, For, type JSX, onCleanup, onMount } from 'solid-js'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Challenge } from '../../lib/read/types.ts'
import { formatDay, formatScore, meetsSign, metricName, shorten } from '../../lib/words/format.ts'
import type { ScorePoint } from '../../lib/words/scores.ts'

const HEIGHT = 260

type PlotProps = { series: ScorePoint[]; challenge: Challenge }

export default function ScorePlot(props: PlotProps): JSX.Element {
  let box!: HTMLDivElement
  let plot: uPlot | undefined
  const [at, setAt] = createSignal<number>()
  const current = () => props.series[at() ?? props.series.length - 1]
  // A point before and after: a single submission is still a picture, and the lines have somewhere to go.
  const data = (): uPlot.AlignedData => {
    const { series } = props
    const [first, last] = [series[0]!, series.at(-1)!]
    const pad = Math.max(30, ((last.at - first.at) / 1000) * 0.04)
    return [
      [first.at / 1000 - pad, ...series.map((point) => point.at / 1000), last.at / 1000 + pad],
      [null, ...series.map((point) => point.score), null],
      [null, ...series.map((point) => point.best), last.best],
      [null, ...series, null].map(() => props.challenge.threshold.value),
    ]
  }
  const move = (delta: number) =>
    setAt((now) => Math.min(props.series.length - 1, Math.max(0, (now ?? props.series.length - 1) + delta)))
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      Home: -props.series.length,
      End: props.series.length,
    }
    const delta = steps[event.key]
    if (delta === undefined) return
    event.preventDefault()
    move(delta)
  }
  onMount(() => {
    const make = () => {
      plot?.destroy()
      plot = new uPlot(
        options(box, (index) =>
          setAt(index === undefined ? undefined : Math.min(props.series.length - 1, Math.max(0, index - 1))),
        ),
        data(),
        box,
      )
    }
    make()
    const resize = new ResizeObserver(() => plot?.setSize({ width: box.clientWidth, height: HEIGHT }))
    resize.observe(box)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', make)
    createEffect(() => plot?.setData(data()))
    onCleanup(() => {
      resize.disconnect()
      scheme.removeEventListener('change', make)
      plot?.destroy()
    })
  })
  return (
    <figure class="grid gap-2">
      <figcaption class="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 text-sm">
        <span class="font-600">
          {metricName(props.challenge.info?.metric)}
          {props.challenge.ranking ? ' on the public rows' : ''}, over time
        </span>
        <span class="flex flex-wrap gap-x-4 text-xs text-ink-3">
          <Key color="bg-ink rounded-full h-2 w-2">score</Key>
          <Key color="bg-good h-0.5 w-4">best so far</Key>
          <Key color="h-0 w-5 border-t-2 border-dashed border-accent">
            threshold {meetsSign(props.challenge.direction)} {formatScore(props.challenge.threshold.value)}
          </Key>
        </span>
      </figcaption>
      <div
        ref={box}
        tabIndex={0}
        role="slider"
        aria-label="Scores over time"
        aria-valuemin={0}
        aria-valuemax={props.series.length - 1}
        aria-valuenow={at() ?? props.series.length - 1}
        aria-valuetext={`Submission ${current()?.number}: ${formatScore(current()?.score ?? 0)}`}
        class="focusable rounded-md min-w-0 overflow-hidden"
        onKeyDown={onKey}
      />
      <p class="text-sm text-ink-2 min-h-5">
        #{current()?.number}, {shorten(current()?.solver ?? '')}, {formatDay(current()?.at ?? 0)}:{' '}
        <strong class="text-ink num">{formatScore(current()?.score ?? 0)}</strong>, best so far{' '}
        <span class="num">{formatScore(current()?.best ?? 0)}</span>
      </p>
      <details class="text-sm">
        <summary class="text-ink-3 summary">The same numbers as a table</summary>
        <section class="relative overflow-auto max-h-80 mt-2 focusable" tabindex="0" aria-label="Scores as a table">
          <table class="border-collapse min-w-full">
            <thead>
              <tr class="border-b border-line">
                <For each={['#', 'Solver', 'Time', 'Score', 'Best so far']}>
                  {(name) => (
                    <th scope="col" class="th">
                      {name}
                    </th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody class="num text-xs">
              <For each={props.series}>
                {(point) => (
                  <tr class="border-b border-line">
                    <td class="px-3 py-1.5">{point.number}</td>
                    <td class="px-3 py-1.5">{shorten(point.solver)}</td>
                    <td class="px-3 py-1.5 whitespace-nowrap">{formatDay(point.at)}</td>
                    <td class="px-3 py-1.5">{formatScore(point.score)}</td>
                    <td class="px-3 py-1.5">{formatScore(point.best)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  )
}

function Key(props: { color: string; children: JSX.Element }): JSX.Element {
  return (
    <span class="inline-flex items-center gap-1.5">
      <span aria-hidden="true" class={props.color} />
      {props.children}
    </span>
  )
}

const tickDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const clock = (seconds: boolean) =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    timeZone: 'UTC',
  })
const [minutes, seconds] = [clock(false), clock(true)]

/** 24 hours and UTC, as everywhere; seconds where the ticks are that close, the day where it changes. */
function tickTime(tick: number, before: number | undefined, step: number): string {
  const day = tickDay.format(tick * 1000)
  const hour = (step < 60 ? seconds : minutes).format(tick * 1000)
  if (before !== undefined && tickDay.format(before * 1000) === day) return hour
  return hour === '00:00' ? day : `${hour}\n${day}`
}

/** Colors come from the theme's variables, read when the plot is made and again when the system's scheme changes. */
function options(box: HTMLElement, onIndex: (index: number | undefined) => void): uPlot.Options {
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(`--st-${name}`).trim()
  const font = `12px ${getComputedStyle(document.body).fontFamily}`
  const axis: uPlot.Axis = {
    stroke: color('ink-3'),
    font,
    grid: { stroke: color('line'), width: 1 },
    ticks: { show: false },
  }
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    // Room for the last label of the time axis.
    padding: [8, 28, 0, 0],
    scales: { x: { time: true } },
    axes: [
      {
        ...axis,
        space: 84,
        values: (_, ticks) => ticks.map((tick, at) => tickTime(tick, ticks[at - 1], (ticks[1] ?? tick) - ticks[0]!)),
      },
      { ...axis, size: 52, values: (_, ticks) => ticks.map((tick) => formatScore(tick)) },
    ],
    series: [
      {},
      {
        stroke: color('ink'),
        width: 0,
        points: { show: true, size: 9, fill: color('ink'), stroke: color('surface'), width: 1.5 },
      },
      { stroke: color('good'), width: 2, paths: uPlot.paths.stepped!({ align: 1 }), points: { show: false } },
      { stroke: color('accent'), width: 1.5, dash: [6, 4], points: { show: false } },
    ],
    hooks: { setCursor: [(plot) => onIndex(plot.cursor.idx ?? undefined)] },
  }
}
