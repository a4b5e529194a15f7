/** Connections between services that can be cut: each service reaches each other one by a way of its own. */
import { connect, createServer, type Socket } from 'node:net'

/** `silent`: nothing arrives and nothing is said, as where a cable is pulled; `refused`: connections break, as where a firewall refuses. */
export type Cut = 'silent' | 'refused'

export type Link = {
  port: number
  cut(how: Cut): void
  /** What was silent goes on where it stopped. */
  heal(): void
  close(): Promise<void>
}

/** @param target host and port that it leads to */
export async function openLink(target: { host: string; port: number }): Promise<Link> {
  const open = new Map<Socket, Socket | undefined>()
  let state: Cut | undefined

  const join = (near: Socket) => {
    const far = connect(target.port, target.host)
    open.set(near, far)
    far.on('error', () => near.destroy())
    far.on('close', () => near.destroy())
    near.pipe(far).pipe(near)
  }
  const server = createServer((near) => {
    near.on('error', () => {})
    near.on('close', () => {
      open.get(near)?.destroy()
      open.delete(near)
    })
    open.set(near, undefined)
    if (state === 'refused') near.destroy()
    else if (state === 'silent') near.pause()
    else join(near)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address() as { port: number }
  return {
    port: address.port,
    cut(how) {
      state = how
      for (const [near, far] of open) {
        if (how === 'refused') near.destroy()
        else {
          near.unpipe().pause()
          far?.unpipe().pause()
        }
      }
    },
    heal() {
      state = undefined
      for (const [near, far] of open) {
        if (far) near.pipe(far).pipe(near)
        else join(near)
      }
    },
    async close() {
      for (const near of open.keys()) near.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
