/** Images and sounds by their first bytes: which format a file has, and how large an image is. Nothing is decoded. */

export type Media = {
  as: 'image' | 'audio'
  mediaType: string
  /** Pixels, where the header says them. */
  size?: { width: number; height: number }
}

/** What a file is by its content, whatever it is called; undefined for everything else, among it SVG, which can hold scripts. */
export function mediaOf(bytes: Uint8Array): Media | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length))
  if (text(0, 8) === '\x89PNG\r\n\x1a\n' && bytes.length >= 24)
    return image('image/png', view.getUint32(16), view.getUint32(20))
  if (/^GIF8[79]a$/.test(text(0, 6)) && bytes.length >= 10)
    return image('image/gif', view.getUint16(6, true), view.getUint16(8, true))
  if (text(0, 3) === '\xff\xd8\xff') return { as: 'image', mediaType: 'image/jpeg', ...jpegSize(view) }
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP')
    return { as: 'image', mediaType: 'image/webp', ...webpSize(view, text(12, 4)) }
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WAVE') return { as: 'audio', mediaType: 'audio/wav' }
  if (text(0, 4) === 'OggS') return { as: 'audio', mediaType: 'audio/ogg' }
  if (text(0, 4) === 'fLaC') return { as: 'audio', mediaType: 'audio/flac' }
  if (text(4, 8) === 'ftypM4A ') return { as: 'audio', mediaType: 'audio/mp4' }
  if (text(0, 3) === 'ID3' || (bytes[0] === 0xff && MP3.has(bytes[1] ?? 0)))
    return { as: 'audio', mediaType: 'audio/mpeg' }
  return undefined
}

/** Frame headers of MPEG 1 and 2, layer III, with and without a checksum. */
const MP3: ReadonlySet<number> = new Set([0xfb, 0xfa, 0xf3, 0xf2])

function image(mediaType: string, width: number, height: number): Media {
  return { as: 'image', mediaType, size: { width, height } }
}

/** Walks the segments up to the frame header. */
function jpegSize(view: DataView): Pick<Media, 'size'> {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return {}
    const marker = view.getUint8(at + 1)
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (frame) return { size: { width: view.getUint16(at + 7), height: view.getUint16(at + 5) } }
    // Fill bytes and markers without a segment.
    at += marker === 0xff ? 1 : marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8) ? 2 : 2 + view.getUint16(at + 2)
  }
  return {}
}

function webpSize(view: DataView, chunk: string): Pick<Media, 'size'> {
  if (view.byteLength < 30) return {}
  const three = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  if (chunk === 'VP8X') return { size: { width: three(24) + 1, height: three(27) + 1 } }
  if (chunk === 'VP8 ')
    return { size: { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } }
  if (chunk !== 'VP8L') return {}
  const bits = view.getUint32(21, true)
  return { size: { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } }
}
