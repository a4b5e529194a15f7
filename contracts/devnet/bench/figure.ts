/** One figure of a benchmark as a JSON line. This network has no reference that runs beside it, so it stands alone. */
export function figure(what: string, ours: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'devnet', what, ours, reference: null, referenceName: null, unit, ratio: null }))
}
