/** A file as a client of a gateway reads it. */

/** Seconds until its last byte was here. @throws Error where it has another size */
export async function secondsToRead(url: string, bytes: number): Promise<number> {
  const start = performance.now()
  const response = await fetch(url)
  if (!response.ok || response.body === null) throw new Error(`${url} answers ${response.status}`)
  let read = 0
  for await (const piece of response.body) read += piece.length
  if (read !== bytes) throw new Error(`${url} has ${read} bytes, not ${bytes}`)
  return (performance.now() - start) / 1000
}
