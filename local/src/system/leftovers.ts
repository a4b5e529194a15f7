/** Services whose parent was killed end by themselves within seconds; the next start in their home waits for them. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A little longer than the services give themselves. */
const PATIENCE_MS = 12_000

/** Resolves when no process that is noted in `folder`, one file a service, runs any more, or when waiting makes no sense. */
export async function waitForLeftovers(folder: string): Promise<void> {
  const pids = readdirSync(folder).map((name) => Number(readFileSync(join(folder, name), 'utf8')))
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const running = await Promise.all(pids.map(isService))
    if (!running.includes(true)) return
    await new Promise((done) => setTimeout(done, 100))
  }
}

/** Process ids are used again: only a process that carries our watch is a service. */
async function isService(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { timeout: 5000 })
    return stdout.includes('parent-watch.js')
  } catch {
    return false
  }
}
