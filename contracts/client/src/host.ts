/** What of a URL may be shown: people put passwords before its host, providers put keys into its path. */

/** For messages; everything else of the URL may be a secret. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || 'the configured address'
}
