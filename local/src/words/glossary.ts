/** Reads docs/glossary.md: its terms, and the words that must not be used for them. */

export interface Term {
  term: string
  meaning: string
  /** Repository paths named in the column "in code". */
  paths: readonly string[]
  /** Words that say the same and are not ours. */
  wrong: readonly string[]
}

/** Rows of its tables: term, meaning, place in code, words not to use. */
export function readGlossary(markdown: string): Term[] {
  return markdown.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    const name = /^\*\*(.+)\*\*$/.exec(cells[1] ?? '')?.[1]
    if (name === undefined || cells.length !== 6) return []
    const [, , meaning = '', code = '', wrong = ''] = cells
    return [
      {
        term: name,
        meaning,
        paths: [...code.matchAll(/`([^`]+\/[^`]+)`/g)].map((match) => match[1] ?? ''),
        wrong: wrong === '' ? [] : wrong.split(',').map((word) => word.trim()),
      },
    ]
  })
}

/** The words of all terms that must not be used, as patterns. */
export function wrongWords(terms: readonly Term[]): { pattern: RegExp; instead: string }[] {
  return terms.flatMap(({ term, wrong }) =>
    wrong.map((word) => ({ pattern: new RegExp(`\\b${word}s?\\b`, 'i'), instead: term })),
  )
}
