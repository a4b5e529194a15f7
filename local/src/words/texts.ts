/** What people read in a file: sentences of Markdown, Rust documentation, JSON descriptions, and the strings of TypeScript. */
import { parseSync } from 'vite'

export interface Text {
  /** From 1. */
  line: number
  text: string
}

/** Where `offset` is, as a line number. */
const lineAt = (source: string, offset: number): number => source.slice(0, offset).split('\n').length

const each = (source: string, keep: (line: string) => string | undefined): Text[] =>
  source.split('\n').flatMap((raw, index) => {
    const text = keep(raw)
    return text === undefined ? [] : [{ line: index + 1, text }]
  })

/** All but code blocks and inline code: a name in code is not a sentence. */
export function markdownTexts(source: string): Text[] {
  let fenced = false
  return each(source, (raw) => {
    if (/^\s*(```|~~~)/.test(raw)) {
      fenced = !fenced
      return undefined
    }
    if (fenced) return undefined
    // The glossary's last column says which words not to use.
    const said = raw.startsWith('| **') ? raw.replace(/\|[^|]*\|$/, '|') : raw
    return said.replace(/`[^`]*`/g, '`…`').replace(/\]\([^)]*\)/g, ']')
  })
}

/** `///` and `//!`: they become the contract's specification, and its errors' sentences are shown to users. */
export function rustTexts(source: string): Text[] {
  return each(source, (raw) => /^\s*\/\/[/!] ?(.*)$/.exec(raw)?.[1]?.replace(/`[^`]*`/g, '`…`'))
}

/** Descriptions in generated documents. */
export function jsonTexts(source: string): Text[] {
  return each(source, (raw) => /"(?:description|summary|title)": "(.*)"/.exec(raw)?.[1])
}

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Strings, templates and JSX texts that hold more than one word. */
export function typescriptTexts(source: string, name: string): Text[] {
  const { program, errors } = parseSync(name, source)
  if (errors[0]) throw new Error(`${name}: ${errors[0].message}`)
  const texts: Text[] = []
  const visit = (node: Node): void => {
    if (node.type === 'Literal' || node.type === 'TemplateElement' || node.type === 'JSXText') {
      const raw = source.slice(node.start, node.end)
      if (typeof node.value !== 'number' && /\S\s+\S/.test(raw)) {
        const first = lineAt(source, node.start)
        raw.split('\n').forEach((text, index) => {
          texts.push({ line: first + index, text })
        })
      }
      return
    }
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) for (const child of value) isNode(child) && visit(child)
      else if (isNode(value)) visit(value)
    }
  }
  visit(program as unknown as Node)
  return texts
}

/** Undefined for a file that no one reads as text. */
export function textsOf(name: string, source: string): Text[] | undefined {
  if (name.endsWith('.md')) return markdownTexts(source)
  if (name.endsWith('.rs')) return rustTexts(source)
  if (name.endsWith('.json')) return jsonTexts(source)
  if (/\.tsx?$/.test(name)) return typescriptTexts(source, name)
  return undefined
}
