/** What a container may do, as the kernel says of its first process: no root, no capability, no new privilege, nothing to write but its volumes. */
import type { Service } from './compose.ts'
import type { Project } from './project.ts'

/** @returns what is wrong, none where all is as the compose file promises */
export async function looseEnds(project: Project, name: string, service: Service): Promise<string[]> {
  const problems: string[] = []
  const status = await project.exec(name, ['cat', '/proc/1/status'])
  const field = (of: string) => status.match(new RegExp(`^${of}:\\s*(.*)$`, 'm'))?.[1] ?? ''
  // With an init process of the engine's, the first process is that one; it has the same user and rights.
  if (field('Uid').split(/\s+/).includes('0')) problems.push(`${name} runs as root`)
  for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb', 'CapBnd'])
    if (!/^0+$/.test(field(set))) problems.push(`${name} has capabilities: ${set} ${field(set)}`)
  if (field('NoNewPrivs') !== '1') problems.push(`${name} may gain privileges`)
  if (field('Seccomp') !== '2') problems.push(`${name} may make any call to the kernel`)
  const mounts = await project.exec(name, ['cat', '/proc/mounts'])
  const root = mounts.split('\n').find((line) => line.split(' ')[1] === '/')
  if (!root?.split(' ')[3]?.split(',').includes('ro')) problems.push(`${name} can write its root file system`)
  if (!service.mem_limit || !service.pids_limit) problems.push(`${name} has no limit of memory or processes`)
  return problems
}
