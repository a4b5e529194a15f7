/** The service as a process of its own, and what it takes of the machine. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Keypair, TransactionBuilder } from '@stellar/stellar-sdk'
import { signIn } from '@stellartrain/ipfs-content/upload'
import { cpuSecondsOf } from './cpu.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const PASSPHRASE = 'Standalone Network ; February 2017'
/** The most that each option takes. */
const LIMIT = String(2 ** 40)

export type ServiceProcess = {
  url: string
  /** A token of somebody new. */
  signIn(): Promise<string>
  /** The most resident memory so far, bytes; Linux only. */
  peakMemory(): number
  /** CPU of all its threads so far, seconds; Linux only. */
  cpuSeconds(): number
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Without limits that a benchmark would meet. */
export async function startProcess(home: string, env: Record<string, string> = {}): Promise<ServiceProcess> {
  const limits = { IPFS_MAX_UPLOAD_BYTES: LIMIT, IPFS_MAX_ACCOUNT_BYTES: LIMIT, IPFS_MAX_UPLOADS_BYTES: LIMIT }
  const child = spawn(process.execPath, ['--conditions=stellartrain-source', MAIN], {
    env: {
      PATH: process.env.PATH ?? '',
      NETWORK_PASSPHRASE: PASSPHRASE,
      IPFS_HOME: home,
      PORT: '0',
      ...limits,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let url = ''
  for await (const line of createInterface({ input: child.stdout })) {
    url = /"event":"listening".*"url":"([^"]+)"/.exec(line)?.[1] ?? ''
    if (url !== '') break
  }
  child.stdout.resume()
  const sign = (keypair: Keypair) => async (xdr: string) => {
    const transaction = TransactionBuilder.fromXDR(xdr, PASSPHRASE)
    transaction.sign(keypair)
    return transaction.toXDR()
  }
  return {
    url,
    async signIn() {
      const keypair = Keypair.random()
      const account = keypair.publicKey()
      return (await signIn({ url, account, networkPassphrase: PASSPHRASE, sign: sign(keypair) })).token
    },
    peakMemory: () => 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]),
    cpuSeconds: () => cpuSecondsOf(child.pid),
    async stop(signal = 'SIGTERM') {
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
    },
  }
}
