/** Cuts one service off from all the others for some seconds, and its connections break or fall silent. */

import { sleep } from '@stellartrain/contracts-client'
import { withoutSlash } from '@stellartrain/ipfs-content/endpoint'
import type { Random } from '../kill/random.ts'
import type { ServiceSpec } from '../system/supervise.ts'
import { type Link, openLink } from './links.ts'
import type { Trouble } from './trouble.ts'

/** Variables by which a service knows another. */
const WAYS = ['RPC_URL', 'IPFS_URL', 'INDEXER_URL', 'DB_URL'] as const
/** Longer than what a service waits for an answer in part, shorter in part. */
const [SHORTEST_MS, LONGEST_MS] = [1_000, 12_000]

export function createPartitions(random: Random): Trouble {
  const links = new Map<string, Link[]>()
  return {
    name: 'partition',
    async alter(spec: ServiceSpec) {
      const env = { ...spec.env }
      const own: Link[] = []
      for (const way of WAYS) {
        const url = env[way] ? URL.parse(env[way]) : null
        if (!url) continue
        const host = url.hostname === 'localhost' ? '127.0.0.1' : url.hostname
        const link = await openLink({ host, port: Number(url.port) })
        own.push(link)
        url.port = String(link.port)
        env[way] = withoutSlash(String(url))
      }
      if (own.length > 0) links.set(spec.name, [...(links.get(spec.name) ?? []), ...own])
      return { ...spec, env }
    },
    async once(say) {
      const names = [...links.keys()]
      const name = names[random.below(names.length)]!
      const how = random.below(2) === 0 ? 'silent' : 'refused'
      const ms = SHORTEST_MS + random.below(LONGEST_MS - SHORTEST_MS)
      say(`${name} is cut off (${how}) for ${(ms / 1000).toFixed(1)} s`)
      for (const link of links.get(name)!) link.cut(how)
      await sleep(ms)
      for (const link of links.get(name)!) link.heal()
    },
    async stop() {
      for (const link of [...links.values()].flat()) await link.close()
    },
  }
}
