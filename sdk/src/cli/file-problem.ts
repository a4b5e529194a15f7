/** Why a file cannot be read, in a sentence that says which of the usual reasons it is. */
import { UsageError } from './io.ts'

const WORDS: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) => `There is no file ${file}.`,
  ENOTDIR: (file) => `There is no file ${file}.`,
  EISDIR: (file) => `${file} is a folder, not a file.`,
  EACCES: (file) => `The file ${file} cannot be read: you have no permission to.`,
}

export function unreadableWords(file: string, cause: unknown): string {
  const { code = '' } = (cause ?? {}) as { code?: string }
  return WORDS[code]?.(file) ?? `The file ${file} cannot be read${code ? `: ${code}` : ''}.`
}

/** The help of a command has nothing to say about it. */
export const unreadable = (file: string, cause: unknown): UsageError =>
  new UsageError(unreadableWords(file, cause), { cause, help: false })
