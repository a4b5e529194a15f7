/** Arguments of the npm scripts that take few: `--help` prints the usage, anything unknown is refused before a thing is started. */
import { parseArgs } from 'node:util'

type Stop = (text: string, code: 0 | 2) => never

const exit: Stop = (text, code) => {
  ;(code === 0 ? process.stdout : process.stderr).write(`${text}\n`)
  process.exit(code)
}

/**
 * Which of the flags were given.
 * `usage` is what `--help` prints; an unknown argument ends the process with code 2 and a sentence that names it.
 */
export function readFlags<Name extends string>(
  usage: string,
  names: readonly Name[],
  args: readonly string[] = process.argv.slice(2),
  stop: Stop = exit,
): ReadonlySet<Name> {
  const options = Object.fromEntries([...names, 'help'].map((name) => [name, { type: 'boolean' as const }]))
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const given = new Set<Name>()
  for (const token of tokens) {
    if (token.kind === 'option' && token.name === 'help') stop(usage, 0)
    const name = token.kind === 'option' ? names.find((known) => known === token.name) : undefined
    if (name !== undefined && token.kind === 'option' && token.value === undefined) given.add(name)
    else if (token.kind !== 'option-terminator') {
      const text = token.kind === 'option' ? token.rawName : token.value
      stop(`${text} is not an argument of this command.\n${usage}`, 2)
    }
  }
  return given
}
