/** The challenge that every journey is about: thirty rows of three letters. */

export const LABELS = ['a', 'b', 'c'] as const
export const ROWS = 30

/** A truth of thirty rows, the same in every test. */
export const TRUTH = `id,label\n${Array.from({ length: ROWS }, (_, row) => `r${row},${LABELS[row % 3]}`).join('\n')}\n`

/** Rows r0 to r9 are public, the others private. */
export const PARTS = { public: 10, private: 20 }
export const PARTED_TRUTH = TRUTH.split('\n')
  .map((line, row) =>
    line === '' ? '' : `${line},${row === 0 ? 'usage' : row <= PARTS.public ? 'public' : 'private'}`,
  )
  .join('\n')

/** Predictions that are wrong in these rows. */
export function wrongIn(...wrong: number[]): string {
  const rows = Array.from({ length: ROWS }, (_, row) => `r${row},${LABELS[(row + (wrong.includes(row) ? 1 : 0)) % 3]}`)
  return `id,label\n${rows.join('\n')}\n`
}

/** Predictions of which `wrong` rows are wrong: the first ones, or from `from` on, so that contents can differ at equal scores. */
export function predictions(wrong: number, from = 0): string {
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const off = row >= from && row < from + wrong
    return `r${row},${LABELS[(row + (off ? 1 : 0)) % 3]}`
  })
  return `id,label\n${rows.join('\n')}\n`
}
