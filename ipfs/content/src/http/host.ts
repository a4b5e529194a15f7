/** What of a service's URL may be shown: its path and what stands before the host may hold a key. */

/** For messages. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || 'the configured address'
}
