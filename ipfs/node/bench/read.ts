/** A file as a client of a gateway reads it whose own work is least. */
import { get } from 'node:http'

/** Seconds until its last byte was here. @throws Error where it has another size */
export function secondsToRead(url: string, bytes: number): Promise<number> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      let read = 0
      response.on('data', (piece: Buffer) => {
        read += piece.length
      })
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${url} answers ${response.statusCode}`))
        else if (read !== bytes) reject(new Error(`${url} has ${read} bytes, not ${bytes}`))
        else resolve((performance.now() - start) / 1000)
      })
    }).on('error', reject)
  })
}
