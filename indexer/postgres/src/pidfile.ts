/** Reads `postmaster.pid`, the server's own note about itself, and tells a living server from a leftover. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Postmaster = { pid: number; port: number }

/** `null` if there is no note or it is not whole. */
export async function readPostmaster(data: string): Promise<Postmaster | null> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  return Number.isInteger(pid) && pid > 0 && Number.isInteger(port) && port > 0 ? { pid, port } : null
}

/** A process that exists and is not a zombie waiting for its parent. */
export async function alive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stat === null || !/\) [ZX] /.test(stat)
}

/** Process ids are reused: after a reboot the note may name a stranger. */
export async function isPostgres(pid: number): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)], { timeout: 5_000 })
    return stdout.includes('postgres')
  } catch {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
    return name.includes('postgres')
  }
}
