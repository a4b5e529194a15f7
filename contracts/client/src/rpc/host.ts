/** What of a URL may be shown: people put passwords before its host, providers put keys into its path. */

/** For messages; everything else of the URL may be a secret. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || 'the configured address'
}

/** Of a setting that is not the URL it should be: `"ftp://host"`, or undefined where there is no host to name. */
export function schemeAndHost(url: string): string | undefined {
  const { protocol, host } = URL.parse(url) ?? {}
  return host ? `"${protocol}//${host}"` : undefined
}
