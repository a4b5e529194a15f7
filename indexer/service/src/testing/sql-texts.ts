/** The statements that a TypeScript source writes out as text, with something that a statement can have wherever a value is put in. */

export type SqlText = { line: number; text: string }

/** By expression, as the source has it: the SQL that stands for it. */
export type Samples = Readonly<Record<string, string>>

/** What Kysely's `sql` is followed by makes a parameter of each value. */
const BEGINS =
  /(\bsql(?:<[^`]*?>)?)?(['"`])(?=\s*(?:select|insert into|update|delete from|with (?:recursive )?\w+ as)\s)/g
const COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm

/** @throws Error for an expression that is neither a constant of this source nor among `samples` */
export function sqlTexts(written: string, samples: Samples = {}): SqlText[] {
  const source = written.replace(COMMENTS, (comment) => comment.replace(/[^\n]/g, ' '))
  return [...source.matchAll(BEGINS)].map((match) => {
    const at = match.index + match[0].length - 1
    const line = source.slice(0, at).split('\n').length
    return { line, text: filled(literalAt(source, at), { source, samples, tagged: match[1] !== undefined }) }
  })
}

type Context = { source: string; samples: Samples; tagged: boolean }

function filled(literal: string, context: Context): string {
  let text = ''
  let parameters = 0
  for (let at = 1; at < literal.length - 1; at++) {
    if (literal[at] === '\\') text += literal[++at]
    else if (literal[0] !== '`' || !literal.startsWith('${', at)) text += literal[at]
    else {
      const end = closing(literal, at + 2)
      const expression = literal.slice(at + 2, end).trim()
      const known = context.samples[expression] ?? constantOf(expression, context)
      if (known === undefined && !context.tagged) throw new Error(`nothing is known of what "${expression}" is in SQL`)
      text += known ?? `$${++parameters}`
      at = end
    }
  }
  return text
}

/** A number or a text that the source gives a name. */
function constantOf(name: string, { source, samples }: Context): string | undefined {
  const found = /^\w+$/.test(name) && new RegExp(`\\bconst ${name} = (?=['"\`\\d])`).exec(source)
  if (!found) return undefined
  const at = found.index + found[0].length
  const number = /^[\d_]+/.exec(source.slice(at))?.[0]
  return number?.replaceAll('_', '') ?? filled(literalAt(source, at), { source, samples, tagged: false })
}

/** With its quotes. */
function literalAt(source: string, begin: number): string {
  const quote = source[begin]
  for (let at = begin + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (quote === '`' && source.startsWith('${', at)) at = closing(source, at + 2)
    else if (source[at] === quote) return source.slice(begin, at + 1)
  }
  throw new Error('a text without an end')
}

/** Where the expression that begins here ends: the brace that closes it. */
function closing(source: string, begin: number): number {
  let open = 0
  for (let at = begin; at < source.length; at++) {
    const char = source[at]!
    if ('\'"`'.includes(char)) at += literalAt(source, at).length - 1
    else if (char === '{') open++
    else if (char === '}' && open-- === 0) return at
  }
  throw new Error('an expression without an end')
}
