/** One figure of a benchmark as a JSON line: beside a reference that was measured in the same run, or alone. */

export interface Reference {
  name: string
  value: number
  better: 'less' | 'more'
}

/** A ratio above 1 says that ours is better. */
export function figure(what: string, ours: number, unit: string, reference?: Reference): void {
  const better = reference && (reference.better === 'less' ? reference.value / ours : ours / reference.value)
  const line = {
    bench: 'devnet',
    what,
    ours,
    reference: reference?.value ?? null,
    referenceName: reference?.name ?? null,
    unit,
    ratio: better ?? null,
  }
  console.log(JSON.stringify(line))
}
