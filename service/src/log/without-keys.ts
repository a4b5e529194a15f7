/** The second barrier before secrets in URLs: whatever a service shows or logs of a failure passes it. */

/** Providers put keys into the path of a URL, and people passwords before its host: only scheme and host remain. */
export function withoutKeys(text: string): string {
  return text.replace(/\b([a-z][a-z\d+.-]*:\/\/)(?:[^\s/?#]*@)?([^\s/?#()"'<>]*)[^\s()"'<>]*/gi, '$1$2')
}
