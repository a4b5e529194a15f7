/** Clients that ask one path again and again, each on its own connection, and read no more of an answer than where it ends. */
import { connect } from 'node:net'

/** @returns how many answers came, of `most` or in that time */
export async function load(
  port: number,
  path: string,
  { clients, seconds, most = Number.POSITIVE_INFINITY }: { clients: number; seconds: number; most?: number },
): Promise<number> {
  let answers = 0
  let asked = 0
  const end = performance.now() + seconds * 1_000
  const request = `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`
  const client = () =>
    new Promise<void>((done, failed) => {
      const socket = connect(port, '127.0.0.1')
      socket.setNoDelay(true)
      socket.on('error', failed)
      /** Bytes of the answer that are still to come. */
      let left = 0
      let head = ''
      const ask = () => {
        if (asked >= most || performance.now() > end) return void socket.end(done)
        asked += 1
        socket.write(request)
      }
      socket.on('data', (piece) => {
        if (left === 0) {
          head += piece.toString('latin1')
          const body = head.indexOf('\r\n\r\n')
          if (body === -1) return
          if (!head.startsWith('HTTP/1.1 200')) return failed(new Error(`${path}: ${head.slice(0, 500)}`))
          left = Number(/content-length: (\d+)/i.exec(head)![1]) - (head.length - body - 4)
          head = ''
        } else left -= piece.length
        if (left > 0) return
        answers += 1
        ask()
      })
      socket.on('connect', ask)
    })
  await Promise.all(Array.from({ length: Math.min(clients, most) }, client))
  return answers
}
