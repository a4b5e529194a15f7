/** Where webhooks may be sent: by https to the public internet, unless the operator allows more. */
import { addressOf, isPublicAddress } from '@stellartrain/service'

const LONGEST = 2_000

/** @returns what is wrong with it, for who gave it; null: nothing */
export function problemOfUrl(text: string, allowPrivate: boolean): string | null {
  // A parser leaves some of these out, and no column takes a NUL: what is kept is what was looked at.
  const url = text.length <= LONGEST && !/[\s\p{Cc}]/u.test(text) ? URL.parse(text) : null
  if (!url) return `must be a URL of at most ${LONGEST} characters`
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) return 'must begin with https://'
  if (url.username !== '' || url.password !== '') return 'must hold no user and no password'
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  if (port < 1024 && port !== 443 && port !== 80) return 'must name port 443, 80, or one from 1024 on'
  const address = addressOf(url)
  if (!allowPrivate && address !== null && !isPublicAddress(address)) return 'must be on the public internet'
  if (!allowPrivate && /(^|\.)(localhost|local|internal)\.?$/.test(url.hostname))
    return 'must be on the public internet'
  return null
}
