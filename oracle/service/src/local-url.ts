/** An address that only this machine reaches is of no use to solvers and to the other oracles of a network of many machines. */
import { LOCAL_PASSPHRASE } from '@stellartrain/contracts-client'
import { ServiceError } from '@stellartrain/service'

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|\[::\])$/

export const isLoopback = (url: string): boolean => LOOPBACK.test(URL.parse(url)?.hostname ?? '')

/** What is wrong with the URL that is registered; undefined for one that others may reach. */
export function localUrl(url: string, networkPassphrase: string): string | undefined {
  if (networkPassphrase === LOCAL_PASSPHRASE || !isLoopback(url)) return undefined
  return `${url} is registered as the URL of this oracle, which no other machine can reach. Set ORACLE_PUBLIC_URL.`
}

/**
 * Without ORACLE_PUBLIC_URL the address that it listens on is registered, which is right on one machine only.
 * @throws ServiceError `bad_config`
 */
export function requirePublicUrl(publicUrl: string | undefined, rpcUrl: string, networkPassphrase: string): void {
  if (publicUrl !== undefined || networkPassphrase === LOCAL_PASSPHRASE || isLoopback(rpcUrl)) return
  throw new ServiceError(
    'bad_config',
    `ORACLE_PUBLIC_URL is required on the network "${networkPassphrase}": solvers and other oracles hand files over at this URL. To try it out on one machine, set it to the address that it listens on.`,
  )
}
