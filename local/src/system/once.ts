/** Work that several processes would begin at once, such as building the pages, is done by one of them; the others wait for it. */
import { createHash } from 'node:crypto'
import { once as event } from 'node:events'
import { rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * @param place names the work: the folder that it fills
 * @param isDue is asked before the work, and again by each that waited
 */
export async function once(place: string, isDue: () => Promise<boolean>, work: () => Promise<void>): Promise<void> {
  while (await isDue()) {
    const end = await begin(place)
    if (end === undefined) continue
    try {
      if (await isDue()) await work()
    } finally {
      end()
    }
    return
  }
}

/** Undefined when another had begun, and has ended now. The kernel closes its socket with its process. */
async function begin(place: string): Promise<(() => void) | undefined> {
  const path = join(tmpdir(), `stellartrain-once-${createHash('sha256').update(place).digest('hex').slice(0, 24)}.sock`)
  const waiting = new Set<Socket>()
  const server = createServer((socket) => waiting.add(socket.on('error', () => {}).resume()))
  server.listen(path)
  try {
    await event(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    const other = connect(path)
    try {
      await event(other, 'connect')
      await event(other.resume(), 'close')
    } catch {
      // Left by one that was killed.
      rmSync(path, { force: true })
    }
    return undefined
  }
  return () => {
    server.close()
    for (const socket of waiting) socket.destroy()
  }
}
