/**
 * The address of `path` below a service's URL, however many slashes that URL ends with: operators, makers and configurations write
 * it with one or without.
 * @param path begins with a slash
 */
export function endpoint(base: string, path: `/${string}`): string {
  return `${withoutSlash(base)}${path}`
}

/** The URL without slashes at its end. A loop, for a pattern backs up on a stranger's row of slashes. */
export function withoutSlash(url: string): string {
  let end = url.length
  while (end > 0 && url[end - 1] === '/') end--
  return url.slice(0, end)
}
