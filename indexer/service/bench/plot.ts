/** Lines over a logarithmic axis as SVG, one chart below the other, without a library. */
export type Series = { name: string; points: readonly (readonly [x: number, y: number])[] }
export type Chart = { title: string; series: readonly Series[]; limit?: number }

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT] = [1_000, 420, 70, 40, 360]

export function plot(charts: readonly Chart[]): string {
  const body = charts.map((chart, index) => `<g transform="translate(0 ${index * (HEIGHT + 60)})">${drawn(chart)}</g>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${charts.length * (HEIGHT + 60)}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="white"/>
${body.join('\n')}
</svg>
`
}

function drawn({ title, series, limit }: Chart): string {
  const every = series.flatMap(({ points }) => points)
  const xs = [...new Set(every.map(([x]) => x))].sort((a, b) => a - b)
  const most = Math.max(limit ?? 0, ...every.map(([, y]) => y)) * 1.05
  const [low, high] = [Math.log10(xs[0] ?? 1), Math.log10(xs.at(-1) ?? 10)]
  const x = (value: number) => LEFT + ((Math.log10(value) - low) / Math.max(1e-9, high - low)) * (WIDTH - LEFT - RIGHT)
  const y = (value: number) => TOP + HEIGHT - (value / most) * HEIGHT
  const color = (index: number) => `hsl(${(index * 137) % 360} 65% 40%)`
  const lines = series.map(({ name, points }, index) => {
    const path = points.map(([a, b]) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`).join(' ')
    return `<polyline points="${path}" fill="none" stroke="${color(index)}" stroke-width="1.5"/>
<text x="${WIDTH - RIGHT + 20}" y="${TOP + 12 + index * 16}" fill="${color(index)}">${escaped(name)}</text>`
  })
  const ticks = xs.map((value) => `<text x="${x(value)}" y="${TOP + HEIGHT + 16}" text-anchor="middle">${value}</text>`)
  const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const value = most * part
    return `<text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end">${value < 10 ? value.toFixed(1) : Math.round(value)}</text>`
  })
  const line =
    limit === undefined
      ? ''
      : `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(limit)}" y2="${y(limit)}" stroke="black" stroke-dasharray="4 4"/>`
  return `<text x="${LEFT}" y="${TOP - 16}" font-size="14">${escaped(title)}</text>
<path d="M${LEFT} ${TOP}V${TOP + HEIGHT}H${WIDTH - RIGHT}" fill="none" stroke="black"/>
${line}${[...lines, ...ticks, ...marks].join('\n')}`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
