/** Child processes that may die: each runs one job at a time under a memory and a time limit, and is replaced when it breaks one. */
import { type ChildProcess, fork } from 'node:child_process'
import { OracleError } from '../errors.ts'

export type PoolOptions = Readonly<{
  /** A module that answers each message `{ job }` with one message `{ answer }` or `{ failure: string }`. */
  script: URL
  size: number
  memoryMb: number
  seconds: number
}>

/**
 * `run` hands a job to the next free process and resolves with its answer.
 * Rejects with OracleError `out_of_memory`, `out_of_time` or `worker_failed`, all retryable: how much a machine can do
 * says nothing about a submission, so none of these is ever a verdict.
 */
export type Pool<Job, Answer> = {
  /** `lane`: jobs of the two lanes take turns, so that no number of one kind holds up the other. */
  run(job: Job, lane?: 0 | 1): Promise<Answer>
  close(): void
}

export type Reply<Answer> = { answer: Answer } | { failure: string }
type Waiting<Job, Answer> = { job: Job; resolve(answer: Answer): void; reject(error: OracleError): void }

// Threads would be cheaper, but a heap that runs full in one of them aborts the whole process.
export function createPool<Job, Answer>(options: PoolOptions): Pool<Job, Answer> {
  const lanes: [Waiting<Job, Answer>[], Waiting<Job, Answer>[]] = [[], []]
  let turn: 0 | 1 = 0
  const idle: ChildProcess[] = []
  const all = new Set<ChildProcess>()
  let closed = false

  function next(): void {
    while (!closed && (idle.length > 0 || all.size < options.size)) {
      const job = lanes[turn].shift() ?? lanes[turn === 0 ? 1 : 0].shift()
      if (job === undefined) return
      turn = turn === 0 ? 1 : 0
      void work(idle.pop() ?? start(), job).then(next)
    }
  }

  function start(): ChildProcess {
    const child = fork(options.script, [], {
      // No secret is inherited, nothing can be written or started from inside, and no output of it reaches a log.
      env: {},
      execArgv: [
        `--max-old-space-size=${options.memoryMb}`,
        '--permission',
        '--allow-fs-read=*',
        '--disable-warning=SecurityWarning',
        // Without an environment it does not inherit NODE_OPTIONS, by which packages are taken from their sources.
        ...(options.script.pathname.endsWith('.ts') ? ['--conditions=stellartrain-source'] : []),
      ],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    })
    const forget = () => {
      all.delete(child)
      const index = idle.indexOf(child)
      if (index >= 0) idle.splice(index, 1)
    }
    child.on('exit', forget).on('error', forget)
    all.add(child)
    return child
  }

  function work(child: ChildProcess, { job, resolve, reject }: Waiting<Job, Answer>): Promise<void> {
    return new Promise((done) => {
      const settle = (deliver: () => void) => {
        clearTimeout(timer)
        child.off('message', onMessage).off('error', onError).off('exit', onExit)
        deliver()
        done()
      }
      const fail = (code: 'out_of_memory' | 'out_of_time' | 'worker_failed' | 'stopped', message: string) => {
        all.delete(child)
        child.kill('SIGKILL')
        settle(() => reject(new OracleError(code, message)))
      }
      const onMessage = (reply: unknown) => {
        const { answer, failure } = reply as { answer?: Answer; failure?: string }
        settle(() => {
          idle.push(child)
          if (failure === undefined) resolve(answer as Answer)
          else reject(new OracleError('worker_failed', failure))
        })
      }
      const onError = () => fail('worker_failed', 'The grading process could not be started or reached.')
      const onExit = (code: number | null, signal: string | null) => {
        if (closed) fail('stopped', 'The oracle is stopping.')
        // A full heap ends in abort(3); the kernel's own memory killer sends SIGKILL.
        else if (signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134)
          fail('out_of_memory', `Grading needs more memory than the ${options.memoryMb} MB that it may use.`)
        else fail('worker_failed', 'The grading process ended without an answer.')
      }
      const timer = setTimeout(() => {
        fail('out_of_time', `Grading took longer than ${options.seconds} s and was stopped.`)
      }, options.seconds * 1000)
      child.on('message', onMessage).on('error', onError).on('exit', onExit)
      child.send({ job }, (error) => error && onError())
    })
  }

  return {
    run(job, lane = 0) {
      if (closed) return Promise.reject(new OracleError('stopped', 'The oracle is stopping.'))
      return new Promise((resolve, reject) => {
        lanes[lane].push({ job, resolve, reject })
        next()
      })
    },
    close() {
      closed = true
      for (const { reject } of lanes.flatMap((lane) => lane.splice(0)))
        reject(new OracleError('stopped', 'The oracle is stopping.'))
      for (const child of all) child.kill('SIGKILL')
    },
  }
}
