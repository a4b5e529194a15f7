/** What is wrong with a file, for people at a terminal. */
import type { Precheck } from '@stellartrain/oracle-grade'

/** Each kind of problem once, with its first place and, below it, a hint; a hint that several have stands below the first. */
export async function problemLines(kinds: Precheck['kinds']): Promise<string[]> {
  const { problemLine } = await import('@stellartrain/oracle-grade')
  const told = new Set<string>()
  return kinds.flatMap((kind) => {
    const { hint } = kind
    const lines = [`  ${problemLine(kind)}`]
    if (hint !== undefined && !told.has(hint)) lines.push(`    Hint: ${hint}`)
    if (hint !== undefined) told.add(hint)
    return lines
  })
}
