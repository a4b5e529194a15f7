/** One byte range of a request, as RFC 9110 describes it; several ranges are answered with the whole file, which it allows. */
import { IpfsError } from '../errors.ts'

export type Range = { start: number; end: number }

/** `end` is exclusive. null = the whole file. @throws IpfsError `bad_range` */
export function parseRange(header: string | undefined, size: number): Range | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [first, last] = [match[1]!, match[2]!]
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  if (start >= size || start >= end) {
    throw new IpfsError('bad_range', `The file has ${size} bytes.`, { headers: { 'content-range': `bytes */${size}` } })
  }
  return { start, end }
}
