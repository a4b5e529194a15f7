/** Kills processes without warning, by a seed, while their supervisors start them again. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { System } from '../system/system.ts'
import type { Random } from './random.ts'

export type Victim = { name: string /** @returns whether there was one to kill */; kill(): boolean | Promise<boolean> }

const SERVICES = ['indexer', 'oracle', 'IPFS node', 'Postgres', 'local network'] as const

/** The services of the system whose death must change nothing. */
export function victimsOf(system: System): Victim[] {
  const services = SERVICES.map((name) => ({
    name,
    kill: () => killNow(system.services.find((service) => service.name === name)?.pid()),
  }))
  return [...services, { name: 'Postgres server', kill: () => killNow(databasePid(system)) }]
}

/** The database's own process, which outlives a kill of the one that started it. */
function databasePid(system: System): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(system.home.path, 'postgres/data/postmaster.pid'), 'utf8'), 10)
  } catch {
    return undefined // it is just being started
  }
}

/** @returns whether there was a process to kill. */
export function killNow(pid: number | undefined): boolean {
  if (!pid) return false
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

export type Killed = { after: number; victim: string }

/** `count` kills, each victim in turn in a seeded order, with seeded pauses between `pause[0]` and `pause[1]` milliseconds. */
export async function killMany(
  victims: readonly Victim[],
  random: Random,
  { count, pause, onKill }: { count: number; pause: [number, number]; onKill(killed: Killed): void },
): Promise<Killed[]> {
  const killed: Killed[] = []
  const began = Date.now()
  let round: Victim[] = []
  while (killed.length < count) {
    await new Promise((done) => setTimeout(done, pause[0] + random.below(pause[1] - pause[0])))
    if (round.length === 0) round = [...victims]
    const [victim] = round.splice(random.below(round.length), 1)
    if (!victim || !(await victim.kill())) continue
    const one = { after: Date.now() - began, victim: victim.name }
    killed.push(one)
    onKill(one)
  }
  return killed
}
