/** A disk that stalls: a file system of its own in a file, frozen for seconds, so that each write waits. Needs root and loop devices. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Random } from '../kill/random.ts'
import { NotHere, type Trouble } from './trouble.ts'

const SIZE = '3G'
const [SHORTEST_MS, LONGEST_MS] = [1_000, 8_000]

export type Disk = Trouble & { folder: string }

/** @throws NotHere where no file system can be mounted */
export function createDisk(random: Random): Disk {
  const place = mkdtempSync(join(tmpdir(), 'stellartrain-disk-'))
  const image = join(place, 'image')
  const folder = mkdtempSync(join(place, 'mount-'))
  const run = (command: string, ...args: string[]) => {
    const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
    if (status !== 0) throw new NotHere(`No disk of our own here: ${command}: ${error?.message ?? stderr.trim()}`)
  }
  const remove = () => {
    spawnSync('fsfreeze', ['--unfreeze', folder])
    spawnSync('umount', ['--lazy', folder])
    rmSync(image, { force: true })
    for (const one of [folder, place])
      try {
        rmdirSync(one)
      } catch {
        // Still mounted: nothing of ours is left in it.
      }
  }
  process.once('exit', remove)
  try {
    run('truncate', '--size', SIZE, image)
    run('mkfs.ext4', '-q', image)
    run('mount', '-o', 'loop', image, folder)
    // Whoever runs the database is another user.
    run('chmod', '755', place, folder)
  } catch (error) {
    remove()
    throw error
  }
  return {
    name: 'stall',
    folder,
    async once(say) {
      const ms = SHORTEST_MS + random.below(LONGEST_MS - SHORTEST_MS)
      say(`the disk stalls for ${(ms / 1000).toFixed(1)} s`)
      // By a process of its own: this one writes logs there, and would wait for itself.
      const freeze = 'fsfreeze --freeze "$1" && { sleep "$2"; fsfreeze --unfreeze "$1"; }'
      const child = spawn('sh', ['-c', freeze, 'sh', folder, String(ms / 1000)], { stdio: 'ignore' })
      const code = await new Promise((done) => child.once('close', done))
      if (code !== 0) throw new Error(`fsfreeze failed with ${code}`)
    },
    async stop() {
      process.off('exit', remove)
      remove()
    },
  }
}
