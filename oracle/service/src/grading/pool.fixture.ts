/** A worker for the pool's tests that misbehaves on request. */
import { writeSync } from 'node:fs'
import { CHANNEL_FD, hearParent } from './channel.ts'

let done = 0

/** Everything that whoever took a worker over would try; what it got, by its name. */
async function exploit(given: { parent: number; port: number; socket: string; secret: string }): Promise<string[]> {
  const [fs, net, child, threads] = await Promise.all([
    import('node:fs'),
    import('node:net'),
    import('node:child_process'),
    import('node:worker_threads'),
  ])
  const got: string[] = []
  const attempt = (name: string, work: () => unknown) => {
    try {
      work()
      got.push(name)
    } catch {}
  }
  attempt('the environment of the parent', () => fs.readFileSync(`/proc/${given.parent}/environ`))
  attempt('the memory of the parent', () => fs.openSync(`/proc/${given.parent}/mem`, 'r'))
  attempt('the arguments of the parent', () => fs.readFileSync(`/proc/${given.parent}/cmdline`))
  attempt('a secret file', () => fs.readFileSync(given.secret))
  attempt('the list of files', () => fs.readdirSync('/etc'))
  attempt('a file of the system', () => fs.readFileSync('/etc/passwd'))
  attempt('a link to a file', () => fs.symlinkSync(given.secret, '/tmp/oracle-pool-link'))
  attempt('writing', () => fs.writeFileSync('/tmp/oracle-pool-file', 'x'))
  attempt('a thread', () => new threads.Worker('1', { eval: true }))
  attempt('the permissions', () => {
    ;(process as unknown as { binding(name: string): unknown }).binding('fs')
  })
  const started = (run: () => import('node:child_process').ChildProcess) =>
    new Promise<boolean>((resolve) => {
      try {
        run()
          .on('spawn', () => resolve(true))
          .on('error', () => resolve(false))
      } catch {
        resolve(false)
      }
    })
  if (await started(() => child.spawn('/bin/true'))) got.push('a program')
  const connected = (to: import('node:net').NetConnectOpts) =>
    new Promise<boolean>((resolve) => {
      try {
        net.connect(to, () => resolve(true)).on('error', () => resolve(false))
      } catch {
        resolve(false)
      }
    })
  if (await connected({ port: given.port, host: '127.0.0.1' })) got.push('a TCP socket')
  if (await connected({ path: given.socket })) got.push('a UNIX socket')
  return got
}

const say = hearParent(async ({ number, job }: { number: number; job: string }) => {
  const send = (message: object) => say({ number, ...message })
  if (job === 'buffers')
    for (const all: unknown[] = []; ; await new Promise(setImmediate)) all.push(Buffer.alloc(16_000_000, 1))
  if (job.startsWith('{')) return send({ answer: await exploit(JSON.parse(job)) })
  if (job === 'silent') return
  if (job === 'loop') for (;;);
  if (job === 'eat') for (const all: unknown[] = []; ; ) all.push(new Array(1000).fill(all.length))
  if (job === 'throw') throw new Error('a secret of the solver')
  if (job === 'exit') process.exit(3)
  if (job === 'nothing') return say(null)
  if (job === 'half') return send({ answers: 1 })
  if (job === 'command') return say({ cmd: 'NODE_HANDLE_ACK' })
  if (job === 'endless') return void writeSync(CHANNEL_FD, Uint8Array.of(255, 255, 255, 255, 1))
  if (job === 'twice') {
    send({ answer: 'first' })
    return send({ answer: 'second' })
  }
  if (job === 'large') return send({ answer: 'x'.repeat(100_000) })
  if (job === 'refuse') return send({ failure: 'no' })
  if (job === 'env') return send({ answer: Object.keys(process.env) })
  if (job === 'write') {
    const { writeFile } = await import('node:fs/promises')
    return send({ answer: await writeFile('/tmp/oracle-pool-fixture', 'x').catch((error) => error.code) })
  }
  send({ answer: [job, ++done] })
})
