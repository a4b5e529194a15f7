/** Where a command reads and writes; replaced in tests. */
import { toHex } from '@stellartrain/contracts-client/hex'

export type Io = {
  stdout(text: string): void
  stderr(text: string): void
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  signal: AbortSignal
}

/** What a command's exit code says; part of the interface. */
export const EXIT = {
  ok: 0,
  /** Refused or failed: by the check, the contract, or a verification. */
  refused: 1,
  /** Wrong use, or a missing setting. */
  usage: 2,
  /** A service or the network does not answer; the same command may work later. */
  unreachable: 3,
  /** `verify`: nothing is wrong, but not every check can be made yet. */
  incomplete: 4,
  interrupted: 130,
} as const

/** Wrong use of the command, with a sentence; the help of the command follows it. */
export class UsageError extends Error {}

export type Command = {
  summary: string
  help: string
  run(args: string[], io: Io): Promise<number>
}

/** Prints a value for machines: amounts and scores as decimal strings. */
export function printJson(io: Io, value: unknown): void {
  const text = JSON.stringify(value, (_, inner) => {
    if (typeof inner === 'bigint') return String(inner)
    if (inner instanceof Uint8Array) return toHex(inner)
    return inner
  })
  io.stdout(`${text}\n`)
}
