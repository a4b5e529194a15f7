/** What stops the system from starting, said so that the person at the terminal knows what to do. */
export type ProblemCode =
  | 'already_running'
  | 'bad_configuration'
  | 'disk_full'
  | 'home_unusable'
  | 'port_taken'
  | 'service_failed'
  | 'not_a_local_network'

export class StartProblem extends Error {
  override readonly name = 'StartProblem'
  readonly code: ProblemCode

  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The same failure in words, where the operating system's code says what is wrong; other errors come back as they are. */
export function explain(error: unknown, home: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new StartProblem('disk_full', `The disk that holds ${home} is full. Free some space and start again.`, {
      cause: error,
    })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new StartProblem(
      'home_unusable',
      `${home} cannot be written. Set STELLARTRAIN_HOME to a folder of your own, or fix its permissions.`,
      { cause: error },
    )
  return error
}
