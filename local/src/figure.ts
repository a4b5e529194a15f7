/** One figure of a benchmark, as every benchmark prints it. */
export type Figure = {
  bench: string
  what: string
  ours: number
  /** The same figure of the reference, measured in the same run; null where there is none. */
  reference: number | null
  referenceName: string | null
  unit: string
  /** Above 1: ours is better. */
  ratio: number | null
}

type Measured = { bench: string; what: string; ours: number; unit: string }
type Reference = { name: string; value: number; better: 'less' | 'more' }

/** Prints one figure as a JSON line. */
export function figure(measured: Measured, reference?: Reference): void {
  const value = reference?.value ?? null
  const ratio = reference
    ? reference.better === 'less'
      ? reference.value / measured.ours
      : measured.ours / reference.value
    : null
  const line: Figure = {
    bench: measured.bench,
    what: measured.what,
    ours: measured.ours,
    reference: value,
    referenceName: reference?.name ?? null,
    unit: measured.unit,
    ratio,
  }
  console.log(JSON.stringify(line))
}
