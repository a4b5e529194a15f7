/** Where a command reads and writes; replaced in tests. */

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
  /** Usage or configuration error. */
  usage: 2,
  /** A service or the network does not answer; the same command may work later. */
  unreachable: 3,
  /** `verify`: nothing is wrong, but a check is open. */
  open: 4,
  interrupted: 130,
} as const

/** A usage error, in a sentence. */
export class UsageError extends Error {
  readonly code = 'usage'
  /** Whether the command's help says more. */
  readonly help: boolean

  constructor(message: string, { help = true, cause }: { help?: boolean; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.help = help
  }
}

export type Command = {
  run(args: string[], io: Io): Promise<number>
}

/** Prints a value for machines, on one line: amounts and scores as decimal strings, bytes as hexadecimal. */
export function printJson(io: Io, value: unknown): void {
  const text = JSON.stringify(value, (_, inner) => {
    if (typeof inner === 'bigint') return String(inner)
    if (inner instanceof Uint8Array) return Array.from(inner, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return inner
  })
  io.stdout(`${text}\n`)
}
