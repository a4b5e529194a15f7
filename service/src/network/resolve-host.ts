/**
 * The addresses of a name that a stranger gave. `dns.lookup` waits for name servers on the four threads of libuv, so that a few names whose
 * servers are silent keep a whole process from every other name and from its files; here only sockets wait, and not for long.
 */
import type { LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { ServiceError } from '../errors.ts'

export type NameOptions = {
  /** Whether the names of `/etc/hosts` are known, too. Default: no. */
  hosts?: boolean
  /** Milliseconds for the whole answer. Default: 5 000. */
  timeoutMs?: number
  /** `address:port`; default: those of the system. */
  servers?: readonly string[]
}

export class NameUnresolved extends ServiceError<'name_unresolved'> {
  override readonly name = 'NameUnresolved'

  constructor(host: string, why: string, cause: unknown) {
    super('name_unresolved', `${host} has no address: ${why}.`, { cause })
  }
}

const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

/** Every address of a name, IPv4 first. @throws NameUnresolved also where none comes in time */
export async function resolveHost(host: string, options: NameOptions = {}): Promise<readonly LookupAddress[]> {
  const name = host.toLowerCase().replace(/\.$/, '')
  // RFC 6761: these are never asked for in the network.
  if (/(^|\.)localhost$/.test(name)) return LOOPBACK
  const known = options.hosts ? await knownHere(name) : []
  return known.length > 0 ? known : ask(host, options)
}

async function knownHere(name: string): Promise<LookupAddress[]> {
  const text = await readFile('/etc/hosts', 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    const family = isIP(address)
    return family !== 0 && names.some((one) => one.toLowerCase() === name) ? [{ address, family }] : []
  })
}

async function ask(host: string, { timeoutMs = 5_000, servers }: NameOptions): Promise<LookupAddress[]> {
  const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / 3), tries: 2 })
  if (servers) resolver.setServers(servers)
  // With several servers the tries add up: what counts is the time as a whole. One family that came is enough.
  const timer = setTimeout(() => resolver.cancel(), timeoutMs)
  try {
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    const found = [
      ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 })) : []),
      ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 })) : []),
    ]
    if (found.length === 0) throw unresolved(host, [v4, v6])
    return found
  } finally {
    clearTimeout(timer)
  }
}

function unresolved(host: string, results: readonly PromiseSettledResult<string[]>[]): NameUnresolved {
  const reasons = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as NodeJS.ErrnoException] : []))
  const codes = reasons.map(({ code = '' }) => code)
  const silent = codes.some((code) => code === 'ETIMEOUT' || code === 'ECANCELLED')
  return new NameUnresolved(host, silent ? 'its name servers did not answer in time' : (codes[0] ?? 'none'), reasons[0])
}
