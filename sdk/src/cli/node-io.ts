/** The process as a command's surroundings: streams, folder, environment, Ctrl-C. */
import type { Io } from './io.ts'

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
