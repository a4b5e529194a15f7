/** Finds gone phrases and wrong words in the texts of a file. */
import { type Term, wrongWords } from './glossary.ts'
import { PHRASES } from './phrases.ts'
import { type Text, textsOf } from './texts.ts'

export interface Finding {
  file: string
  line: number
  found: string
  instead: string
}

export function findIn(file: string, texts: readonly Text[], terms: readonly Term[]): Finding[] {
  const rules = [...PHRASES, ...wrongWords(terms)]
  return texts.flatMap(({ line, text }) =>
    rules.flatMap(({ pattern, instead }) => {
      const found = pattern.exec(text)?.[0]
      return found === undefined ? [] : [{ file, line, found, instead }]
    }),
  )
}

export function findInFile(file: string, source: string, terms: readonly Term[]): Finding[] {
  return findIn(file, textsOf(file, source) ?? [], terms)
}

/** Whether people read the texts of this file: no tests, no data, nothing that only describes another project. */
export function isRead(file: string): boolean {
  if (
    /\.test\.tsx?$|(^|\/)(test|testing|e2e|pictures|fixtures|bench|vectors|settings|parity|words|node_modules)\//.test(
      file,
    )
  )
    return false
  if (file.endsWith('.md')) return !file.startsWith('.')
  if (file.endsWith('.rs')) return /^contracts\/(stellartrain|records)\/src\//.test(file)
  if (file.endsWith('.json')) return /openapi\.json$|\.schema\.json$/.test(file)
  return /^(contracts\/client|dapp|devnet|indexer\/\w+|ipfs\/\w+|local|oracle\/\w+|sdk|service)\/src\/.*\.tsx?$/.test(
    file,
  )
}
