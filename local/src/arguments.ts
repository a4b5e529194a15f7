/** Arguments of the npm scripts: `--help` prints the usage, anything unknown is refused before a thing is started. */
import { type ParseArgsConfig, parseArgs } from 'node:util'

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

type Options = NonNullable<ParseArgsConfig['options']>

/** Values of options; `--help` and what is not an option end the process as for `readFlags`. */
export function readValues<const O extends Options>(
  usage: string,
  options: O,
  args: readonly string[] = process.argv.slice(2),
  stop: Stop = exit,
) {
  const { values } = parsed()
  if ('help' in values && values.help === true) stop(usage, 0)
  return values

  function parsed() {
    try {
      return parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean' } } })
    } catch (error) {
      // The first sentence says what is wrong; what Node advises after it is for other programs.
      const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.(?=\s|$)/)
      return stop(`${sentence}.\n${usage}`, 2)
    }
  }
}

/** Ends the process with code 2: a call that cannot be carried out as it was written. */
export const refuse = (sentence: string): never => exit(sentence, 2)

/** A number that an option gives, from `from` on; anything else ends the process with code 2. */
export function numberOf(name: string, text: string, from = 0, stop: Stop = exit): number {
  const number = Number(text)
  return text.trim() !== '' && number >= from && Number.isFinite(number)
    ? number
    : stop(`--${name} is a number from ${from}, not "${text}".`, 2)
}
