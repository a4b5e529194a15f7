/** Options as people read them: a table for a README, lines for `--help`. */
import { type Option, type OptionTable, variablesOf } from './options.ts'

/** A Markdown table; READMEs hold exactly this text, and a test compares them. */
export function optionsTable(table: OptionTable): string {
  const rows = Object.values(table).map((option) => `| ${names(option)} | ${preset(option)} | ${option.usage} |`)
  return ['| variable | default | sets |', '| --- | --- | --- |', ...rows].join('\n')
}

/** One line per option, aligned. */
export function optionsHelp(table: OptionTable): string {
  const options = Object.values(table)
  const width = Math.max(...options.map(({ name }) => name.length))
  return options
    .map((option) => {
      const preset = option.required ? 'required' : option.shown === '' ? '' : `default: ${option.shown}`
      const note = [preset, option.inFile ? `or ${option.name}_FILE names its file` : ''].filter(Boolean).join('; ')
      return `  ${option.name.padEnd(width)}  ${option.usage}${note === '' ? '' : ` (${note})`}`
    })
    .join('\n')
}

function names(option: Option<unknown>): string {
  return variablesOf(option)
    .flatMap(({ name, file }) => (file === undefined ? [name] : [name, file]))
    .map((name, at) => (at === 0 ? `\`${name}\`` : `or \`${name}\``))
    .join(' ')
}

function preset({ required, shown, secret }: Option<unknown>): string {
  return [required ? 'required' : shown, secret ? '(secret)' : ''].filter((part) => part !== '').join(' ')
}
