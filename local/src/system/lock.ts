/** One running system a home: a socket that the kernel closes with its process, so that no stale lock can stand in the way. */
import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StartProblem } from './problem.ts'

/** Socket paths are limited to about 100 bytes and homes are not, so it lies in the temporary folder under the home's hash. */
function socketPath(home: string): string {
  const name = createHash('sha256').update(realpathSync(home)).digest('hex').slice(0, 24)
  return join(tmpdir(), `stellartrain-${name}.sock`)
}

/** Process id of the system that runs in this home, or null when none does. */
export function runningIn(home: string): Promise<number | null> {
  return new Promise((done) => {
    let path: string
    try {
      path = socketPath(home)
    } catch {
      return done(null) // no such home
    }
    let text = ''
    const socket = connect(path)
    socket.setTimeout(2000, () => socket.destroy())
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => done(null))
    socket.on('close', () => done(Number.parseInt(text, 10) || null))
  })
}

/** @throws StartProblem `already_running`. The returned function gives the home free. */
export async function lockHome(home: string): Promise<() => void> {
  const other = await runningIn(home)
  if (other !== null)
    throw new StartProblem(
      'already_running',
      `StellarTrain already runs in ${home} (process ${other}). Use that one, stop it, or set STELLARTRAIN_HOME to another folder.`,
    )
  const path = socketPath(home)
  rmSync(path, { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(`${process.pid}\n`)
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(path, done)
  })
  server.unref()
  return () => {
    server.close()
    rmSync(path, { force: true })
  }
}
