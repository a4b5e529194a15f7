/** A checker that may not be on this machine. */
import { spawnSync } from 'node:child_process'

/** @returns what it found; nothing, and a line on stdout, where it is not here. `harmless`: lines that say nothing about our file. */
export function tryTool(command: string, args: readonly string[], harmless?: RegExp): string[] {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (error) {
    console.log(`${command} is not here: ${args.at(-1)} is not checked by it.`)
    return []
  }
  if (status === 0) return []
  const lines = `${stdout}${stderr}`.trim().split('\n')
  return lines.filter((line) => !harmless?.test(line)).map((line) => `${command}: ${line}`)
}
