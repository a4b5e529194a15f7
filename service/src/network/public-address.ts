/**
 * Which addresses a service may be made to call by a stranger who names a host: those of the public internet alone, never this machine,
 * its network, or a cloud's metadata. A name is resolved once and what it resolved to is what is called, so that it cannot mean another
 * address a moment later.
 */
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { ServiceError } from '../errors.ts'
import { type NameOptions, resolveHost } from './resolve-host.ts'

/** Special purposes of the IANA registry: private, shared, loopback, link-local, documentation, benchmarks, multicast, reserved. */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
]

/** Inside the block of global unicast: protocols (Teredo among them), documentation, and what stands for IPv4 addresses (6to4). */
const SPECIAL_V6: readonly (readonly [string, number])[] = [
  ...([
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ] as const),
]

const special = new BlockList()
for (const [net, prefix] of SPECIAL_V4) special.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of SPECIAL_V6) special.addSubnet(net, prefix, 'ipv6')
/** All of IPv6 that is assigned to hosts on the internet. */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/** Whether it is an address of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !special.check(address, 'ipv4')
  return family === 6 && global6.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

export class AddressRefused extends ServiceError<'address_refused'> {
  override readonly name = 'AddressRefused'

  constructor(host: string) {
    super('address_refused', `${host} is not an address of the public internet, and only such are called.`)
  }
}

/** The host of a URL as an address, if it is one. */
export const addressOf = (url: URL): string | null => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? null : host
}

/**
 * For `node:http` and `node:https`: gives those addresses of a name that may be called. It is not asked for hosts that are addresses
 * already: look at those with `isPublicAddress`.
 */
export function publicLookup(options: NameOptions & { allowed?: (address: string) => boolean } = {}): LookupFunction {
  const { allowed = isPublicAddress, ...names } = options
  return (host, { family, all }, done) => {
    const wanted = family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : (family ?? 0)
    resolveHost(host, names).then(
      (found) => {
        const open = found.filter((one) => allowed(one.address) && (wanted === 0 || one.family === wanted))
        const [first] = open
        if (!first) done(new AddressRefused(host), '', 0)
        else if (all) done(null, open)
        else done(null, first.address, first.family)
      },
      (error: Error) => done(error, '', 0),
    )
  }
}
