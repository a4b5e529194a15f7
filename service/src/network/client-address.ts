/** Who a request comes from, as far as limits for each client go. */

/** IPv6 assigns networks, not addresses: a client with one address of a /64 has them all. */
export function clientKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  const all = [...groups, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...(tail ? tail.split(':') : [])]
  return all.slice(0, 4).join(':')
}

/**
 * The network that a client's address is of: a /24 of IPv4, a /48 of IPv6. Whoever has one address may have many of its neighbors, and many
 * a /64 cost no more than one.
 * @param key of `clientKey`
 */
export const networkKey = (key: string): string =>
  key.includes(':') ? key.split(':').slice(0, 3).join(':') : key.split('.').slice(0, 3).join('.')

export type ClientOptions = {
  /** The address that the connection comes from. */
  remote: string
  forwarded: string | undefined
  /** How many proxies of ours are in front; each adds one address at the end of X-Forwarded-For. */
  proxies: number
}

/** Believes only what our own proxies have written. */
export function clientAddress({ remote, forwarded, proxies }: ClientOptions): string {
  if (proxies === 0 || !forwarded) return remote
  const path = forwarded.split(',').map((one) => withoutPort(one.trim()))
  return path.at(-proxies) ?? path[0] ?? remote
}

/** Some proxies write the port, too: with it each connection would be a client of its own. */
function withoutPort(address: string): string {
  return (/^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? /^([\d.]+):\d+$/.exec(address))?.[1] ?? address
}

/** Whether an address is this machine's own: limits for each address are for those of others. */
export const isLoopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.|localhost$)/i.test(address)
