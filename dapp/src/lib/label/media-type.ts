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
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return image('webp', webpSize(bytes))
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
  for (let place = 2; place + 8 < bytes.length; ) {
    if (bytes[place] !== 0xff) return undefined
    const marker = bytes[place + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: at16(bytes, place + 5), width: at16(bytes, place + 7) }
    // Any number of bytes may fill the place before a marker, and some markers stand alone.
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    place += marker === 0xff ? 1 : isAlone ? 2 : 2 + at16(bytes, place + 2)
  }
  return undefined
}

/** By the first chunk: lossy, lossless, or with more to come (RFC 9649). */
function webpSize(bytes: Uint8Array): Size | undefined {
  const little = (place: number): number => at16(Uint8Array.of(bytes[place + 1] ?? 0, bytes[place] ?? 0), 0)
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      return { width: little(26) & 0x3fff, height: little(28) & 0x3fff }
    case 'VP8L': {
      const bits = little(21) + little(23) * 65_536
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return {
        width: little(24) + ((bytes[26] ?? 0) << 16) + 1,
        height: little(27) + ((bytes[29] ?? 0) << 16) + 1,
      }
    default:
      return undefined
  }
}
