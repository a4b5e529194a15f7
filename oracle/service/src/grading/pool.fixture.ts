/** A worker for the pool's tests that misbehaves on request. */

let done = 0

process.on('message', async ({ job }: { job: string }) => {
  if (job === 'loop') for (;;);
  if (job === 'eat') for (const all: unknown[] = []; ; ) all.push(new Array(1000).fill(all.length))
  if (job === 'throw') throw new Error('a secret of the solver')
  if (job === 'exit') process.exit(3)
  if (job === 'refuse') return process.send?.({ failure: 'no' })
  if (job === 'env') return process.send?.({ answer: Object.keys(process.env) })
  if (job === 'write') {
    const { writeFile } = await import('node:fs/promises')
    return process.send?.({ answer: await writeFile('/tmp/oracle-pool-fixture', 'x').catch((error) => error.code) })
  }
  process.send?.({ answer: [job, ++done] })
})
