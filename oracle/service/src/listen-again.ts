/** A free port is kept for the next start: another address would register another key version. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Listening } from '@stellartrain/service'

/** @param port 0 takes the one of the last start while it is free, else any */
export async function listenAgain(
  folder: string,
  port: number,
  listen: (port: number) => Promise<Listening>,
): Promise<Listening> {
  if (port !== 0) return listen(port)
  const file = join(folder, 'port')
  const last = Number(await readFile(file, 'utf8').catch(() => '0'))
  const listening =
    Number.isInteger(last) && last > 0 && last < 65_536 ? await listen(last).catch(() => listen(0)) : await listen(0)
  await writeFile(file, `${listening.port}\n`).catch(() => {})
  return listening
}
