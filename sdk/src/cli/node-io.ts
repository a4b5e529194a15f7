/** The process as a command's surroundings: streams, folder, environment, Ctrl-C, and readers that leave early. */
import { existsSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
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

/**
 * Where the person is. `npm run stellartrain` starts the command in the repository's root and names the person's folder in
 * INIT_CWD. Every other script that npm runs has the variable, too, and may have changed its folder on purpose.
 */
export function personsFolder(env: Io['env'], cwd: string, root = repositoryRoot()): string {
  return env.INIT_CWD !== undefined && root !== undefined && cwd === root ? env.INIT_CWD : cwd
}

/** The tarball has no build settings: where they are, this is the repository. */
function repositoryRoot(): string | undefined {
  const settings = fileURLToPath(new URL('../../tsconfig.build.json', import.meta.url))
  return existsSync(settings) ? realpathSync(dirname(dirname(settings))) : undefined
}

export function nodeIo(): Io {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('interrupted')))
  process.once('SIGTERM', () => stop.abort(new Error('interrupted')))
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: personsFolder(process.env, process.cwd()),
    signal: stop.signal,
  }
}
