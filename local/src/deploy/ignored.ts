/** What `.dockerignore` lets into a build, by its rules: the last line that matches decides, and a folder stands for what is in it. */

type Rule = { admits: boolean; matches: RegExp }

export function rulesOf(text: string): Rule[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ admits: line.startsWith('!'), matches: patternOf(line.replace(/^!/, '')) }))
}

/** `*` is any part of a name, `**` any number of folders. */
function patternOf(pattern: string): RegExp {
  const source = pattern
    .replace(/^\/|\/$/g, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (glob) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' })[glob] ?? '')
  return new RegExp(`^${source}(?:/|$)`)
}

export function admitted(rules: readonly Rule[], path: string): boolean {
  return rules.findLast(({ matches }) => matches.test(path))?.admits ?? true
}
