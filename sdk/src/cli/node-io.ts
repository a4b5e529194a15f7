/** The process as a command's surroundings: streams, folder, environment, Ctrl-C, and readers that leave early. */
import type { Io } from './io.ts'

/** As a shell reports a process that SIGPIPE ended. */
const CLOSED_PIPE = 141

/**
 * A reader such as `head` may close the pipe before a command has written everything; that is no failure to report. Nobody
 * would read the rest, so the command ends, and never with the 0 of a finished one. Without stderr it continues.
 */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(CLOSED_PIPE)
  })
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

export function nodeIo(): Io {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('interrupted')))
  process.once('SIGTERM', () => stop.abort(new Error('interrupted')))
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    env: process.env,
    // npm runs the command in the package's folder and says here where the person is.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    signal: stop.signal,
  }
}
