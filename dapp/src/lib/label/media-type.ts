/** What a file is, by its first bytes: only pictures and sounds of these kinds are shown. SVG is a program, and none of them. */

export type MediaType = { kind: 'image' | 'audio' | 'other'; type: string; words: string }

/** A picture of more pixels takes more memory than a phone has. */
const MOST_PIXELS = 100_000_000

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))
const image = (type: string, size?: Size): MediaType =>
  size && size.width * size.height > MOST_PIXELS
    ? { kind: 'other', type, words: `a picture of ${size.width} × ${size.height} pixels, which is too large` }
    : { kind: 'image', type: `image/${type}`, words: 'a picture' }
const audio = (type: string): MediaType => ({ kind: 'audio', type: `audio/${type}`, words: 'a sound' })

export function mediaTypeOf(bytes: Uint8Array): MediaType {
  const head = ascii(bytes, 0, 16)
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return image('png', pngSize(bytes))
  if (head.startsWith('\xff\xd8\xff')) return image('jpeg', jpegSize(bytes))
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return image('gif', gifSize(bytes))
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return image('webp')
  if (head.slice(4, 12) === 'ftypavif') return image('avif')
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WAVE') return audio('wav')
  if (head.startsWith('OggS')) return audio('ogg')
  if (head.startsWith('fLaC')) return audio('flac')
  if (head.slice(4, 8) === 'ftyp') return audio('mp4')
  if (head.startsWith('\x1aE\xdf\xa3')) return audio('webm')
  if (head.startsWith('ID3') || /^\xff[\xe2-\xff]/.test(head)) return audio('mpeg')
  const isMarkup = /^[\s\ufeff\xef\xbb\xbf]*</.test(ascii(bytes, 0, 64))
  return {
    kind: 'other',
    type: '',
    words: isMarkup ? 'a document (SVG, HTML or XML)' : 'of no kind that is known here',
  }
}

type Size = { width: number; height: number }

const at16 = (bytes: Uint8Array, place: number): number => ((bytes[place] ?? 0) << 8) | (bytes[place + 1] ?? 0)

const pngSize = (bytes: Uint8Array): Size => ({
  width: at16(bytes, 16) * 65_536 + at16(bytes, 18),
  height: at16(bytes, 20) * 65_536 + at16(bytes, 22),
})

const gifSize = (bytes: Uint8Array): Size => ({
  width: (bytes[6] ?? 0) + 256 * (bytes[7] ?? 0),
  height: (bytes[8] ?? 0) + 256 * (bytes[9] ?? 0),
})

/** Of the first frame header; undefined where there is none, and the browser decides. */
function jpegSize(bytes: Uint8Array): Size | undefined {
  for (let place = 2; place + 9 < bytes.length; ) {
    if (bytes[place] !== 0xff) return undefined
    const marker = bytes[place + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: at16(bytes, place + 5), width: at16(bytes, place + 7) }
    place += 2 + at16(bytes, place + 2)
  }
  return undefined
}
