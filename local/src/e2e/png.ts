/** Small pictures for tests and scenes: colored rectangles on a ground, as PNG. */
import { crc32, deflateSync } from 'node:zlib'

type Rgb = readonly [red: number, green: number, blue: number]
export type Rectangle = { x: number; y: number; width: number; height: number; color: Rgb }

export function png(
  width: number,
  height: number,
  ground: Rgb,
  rectangles: readonly Rectangle[],
): Uint8Array<ArrayBuffer> {
  const line = 1 + width * 3
  const raw = new Uint8Array(line * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const over = rectangles.findLast(
        (one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height,
      )
      raw.set(over?.color ?? ground, y * line + 1 + x * 3)
    }
  const size = new Uint8Array(13)
  const view = new DataView(size.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  // Eight bits, three colors, nothing interlaced.
  size.set([8, 2, 0, 0, 0], 8)
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const parts = [signature, chunk('IHDR', size), chunk('IDAT', deflateSync(raw)), chunk('IEND', new Uint8Array())]
  return new Uint8Array(Buffer.concat(parts))
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(data.length, 0)
  whole.set(named, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}
