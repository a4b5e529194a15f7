/** The check of words: each gone phrase is found where people read, and nowhere else; the glossary's places exist. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findIn, findInFile, isRead } from './find.ts'
import { readGlossary } from './glossary.ts'
import { PHRASES } from './phrases.ts'
import { textsOf } from './texts.ts'

const root = resolve(import.meta.dirname, '../../..')
const terms = readGlossary(readFileSync(join(root, 'docs/glossary.md'), 'utf8'))
const found = (text: string) => findIn('x.md', [{ line: 1, text }], []).map(({ instead }) => instead)

describe('gone phrases', () => {
  it.each(PHRASES.map(({ bad, instead }) => [bad, instead]))('%s', (bad, instead) => {
    expect(found(bad)).toContain(instead)
  })
  it.each(PHRASES.flatMap(({ good, instead }) => (good ? [[good, instead]] : [])))(
    'may be said: %s',
    (good, instead) => {
      expect(found(good)).not.toContain(instead)
    },
  )
})

describe('where they are looked for', () => {
  const bad = 'Mend the file.'
  it.each([
    ['README.md', `# Title\n\n${bad}\n`, 3],
    ['dapp/src/a.tsx', `const a = 1\nexport const A = () => <p>\n  {a} ${bad}\n</p>\n`, 3],
    ['sdk/src/a.ts', `const a = 1\nthrow new Error(\`${bad} \${a}\`)\n`, 2],
    ['contracts/stellartrain/src/errors.rs', `enum Error {\n    /// ${bad}\n}\n`, 2],
    ['indexer/service/openapi.json', `{\n  "description": "${bad}"\n}\n`, 2],
  ])('%s', (file, source, line) => {
    expect(isRead(file)).toBe(true)
    expect(findInFile(file, source, [])).toMatchObject([{ file, line, instead: 'fix' }])
  })

  it.each([
    ['README.md', '```sh\nmend the file\n```\nand `mend the file`'],
    ['sdk/src/a.ts', '// mend the file\nconst mend = "mend"\n'],
    ['contracts/stellartrain/src/errors.rs', '// mend the file\n'],
  ])('not in code: %s', (file, source) => {
    expect(findInFile(file, source, [])).toEqual([])
  })

  it.each(['sdk/src/a.test.ts', 'local/src/e2e/letters.ts', 'contracts/stellartrain/src/test/order.rs'])(
    'not %s',
    (file) => {
      expect(isRead(file)).toBe(false)
    },
  )

  it('names where a text is', () => {
    expect(textsOf('a.ts', "\n\nconst a = 'two words'\n")).toEqual([{ line: 3, text: "'two words'" }])
  })
})

describe('the glossary', () => {
  it('has each term once, as one sentence or two', () => {
    const names = terms.map(({ term }) => term)
    expect(names.length).toBeGreaterThan(40)
    expect(names).toEqual([...new Set(names)])
    for (const { meaning } of terms) expect(meaning).toMatch(/^[A-Z].*\.$/)
  })
  it('names places that exist', () => {
    expect(terms.flatMap(({ paths }) => paths).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
  it('refuses other words for its terms', () => {
    expect(findIn('x.md', [{ line: 1, text: 'Each participant pays a bond.' }], terms)).toMatchObject([
      { found: 'participant', instead: 'solver' },
      { found: 'bond', instead: 'deposit' },
    ])
  })
})
