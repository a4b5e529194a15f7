/** Ports that are free, found before anything is started, so that a taken one costs a sentence and not half a system. */
import { createServer } from 'node:net'
import type { Ports } from './options.ts'
import { StartProblem } from './problem.ts'

function probe(host: string, port: number): Promise<number | null> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(null))
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : null))
    })
  })
}

/** A port that no program listens on now. */
export async function freePort(host: string): Promise<number> {
  const port = await probe(host, 0)
  if (port === null) throw new StartProblem('port_taken', `No port of ${host} is free.`)
  return port
}

const VARIABLE: Record<keyof Ports, string> = {
  dapp: 'DAPP_PORT',
  api: 'API_PORT',
  oracle: 'ORACLE_PORT',
  ipfs: 'IPFS_PORT',
  rpc: 'RPC_PORT',
  postgres: 'POSTGRES_PORT',
}

/** The ports to use: a 0 becomes the remembered port where it is still free, else any free one. @throws StartProblem `port_taken`. */
export async function choosePorts(host: string, wanted: Ports, remembered: Partial<Ports>): Promise<Ports> {
  const chosen = {} as Ports
  const taken: string[] = []
  for (const name of Object.keys(wanted) as (keyof Ports)[]) {
    const fixed = wanted[name]
    const used = new Set(Object.values(chosen))
    let port: number | null = null
    if (fixed !== 0) port = await probe(host, fixed)
    else {
      const last = remembered[name]
      if (last && !used.has(last)) port = await probe(host, last)
      while (port === null || used.has(port)) port = await probe(host, 0)
    }
    if (port === null) taken.push(`${fixed} (${VARIABLE[name]})`)
    else chosen[name] = port
  }
  if (taken.length > 0) {
    const example = taken[0]?.replace(/.*\((.*)\)/, '$1')
    throw new StartProblem(
      'port_taken',
      `Another program listens on ${taken.length > 1 ? 'the ports' : 'port'} ${taken.join(', ')}. ` +
        `Stop it, or choose another port, for example ${example}=0 npm start.`,
    )
  }
  return chosen
}
