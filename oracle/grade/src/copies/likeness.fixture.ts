/** What honest classifiers and regressors of a test predict: each has errors of its own, and some that all have in common. */

export const bytes = (text: string) => new TextEncoder().encode(text)
export const ROWS = 600

/** Numbers in [0, 1) from a seed. */
export function randoms(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export const CLASSES = ['a', 'b', 'c']
export const label = (row: number) => CLASSES[(row * 7) % 3]!
/** Right in all but a share of the rows; hard rows, the same for all, are wrong for everyone as often as not. */
export const classifier = (seed: number) => {
  const random = randoms(seed)
  return Array.from({ length: ROWS }, (_, row) =>
    random() < (row % 10 === 0 ? 0.5 : 0.08) ? CLASSES[Math.floor(random() * 3)]! : label(row),
  )
}

export const target = (row: number) => Math.sin(row) * 10
export const regressor = (seed: number) => {
  const [random, common] = [randoms(seed), randoms(99)]
  // What no model can know is the same for all of them.
  return Array.from({ length: ROWS }, (_, row) => target(row) + (common() - 0.5) * 4 + (random() - 0.5) * 1.5)
}
