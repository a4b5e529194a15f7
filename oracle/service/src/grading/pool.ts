/** Child processes that may die: each runs one job at a time under a memory and a time limit, and is replaced when it breaks one. */
import { OracleError } from '../errors.ts'
import { type Cell, type GradingProcess, plainCell } from './cell.ts'
import type { CellKind } from './isolation.ts'
import type { Ownership } from './programs.ts'
import { residentBytes } from './resident.ts'

export type PoolOptions = Readonly<{
  /** A module that answers each message `{ number, job }` with one message `{ number, answer }` or `{ number, failure: string }`. */
  script: URL
  size: number
  /** Of its heap; what it holds beside, such as the bytes of files, may be `BESIDE_MB` more where the machine can tell. */
  memoryMb: number
  seconds: number
  cell?: Cell
}>

export const BESIDE_MB = 256
/** Of an answer that nobody said more of. */
const ANSWER_BYTES = 1024 ** 2
/** So many jobs of an owner whose process is free go before another's that would need a new process. */
const MOST_AHEAD = 8
/** Between two looks at a process's memory. */
const LOOK_MS = 100

/**
 * `run` hands a job to the next free process and resolves with its answer.
 * Rejects with OracleError `out_of_memory`, `out_of_time`, `worker_failed` or `not_isolated`, all retryable: how much a machine can do
 * says nothing about a submission, so none of these is ever a verdict.
 */
export type Pool<Job, Answer> = {
  run(job: Job, how?: RunOptions): Promise<Answer>
  close(): void
}

export type RunOptions = Ownership &
  Readonly<{
    /** Jobs of the two lanes take turns, so that no number of one kind holds up the other. */
    lane?: 0 | 1
    /** That are graded in it, each with the time of one. */
    files?: number
    /** The most that is heard of its answer. */
    answerBytes?: number
  }>

type Reply<Answer> = { answer: Answer } | { failure: string }
type Waiting<Job, Answer> = Required<Pick<RunOptions, 'answerBytes'>> &
  Ownership & {
    job: Job
    seconds: number
    resolve(answer: Answer): void
    reject(error: OracleError): void
  }

/** An answer to another job is none: who gives it is not what was started. */
function isReply<Answer>(reply: unknown, number: number): reply is Reply<Answer> {
  if (typeof reply !== 'object' || reply === null || !('number' in reply) || reply.number !== number) return false
  return 'answer' in reply || ('failure' in reply && typeof reply.failure === 'string')
}

// Threads would be cheaper, but a heap that runs full in one of them aborts the whole process.
export function createPool<Job, Answer>(options: PoolOptions): Pool<Job, Answer> {
  const lanes: [Waiting<Job, Answer>[], Waiting<Job, Answer>[]] = [[], []]
  let turn: 0 | 1 = 0
  /** The one that was used last is the last one. */
  const idle: GradingProcess[] = []
  /** Jobs that went before others since the last that had its turn. */
  let ahead = 0
  const all = new Set<GradingProcess>()
  const { cell = plainCell } = options
  const kinds = new WeakMap<GradingProcess, CellKind>()
  /** Of processes in which an owner's programs ran. */
  const owners = new WeakMap<GradingProcess, string>()
  let closed = false
  let jobs = 0

  function next(): void {
    retire()
    while (!closed && (idle.length > 0 || all.size < options.size)) {
      const lane = lanes[turn].length > 0 ? lanes[turn] : lanes[turn === 0 ? 1 : 0]
      const job = chosen(lane)
      if (job === undefined) return
      turn = turn === 0 ? 1 : 0
      void work(processFor(job), job).then(next)
    }
  }

  const free = ({ owner }: Ownership) => idle.findLast((one) => owners.get(one) === owner)

  /** The first; a few for which there is a process go before it. */
  function chosen(lane: Waiting<Job, Answer>[]): Waiting<Job, Answer> | undefined {
    const [first] = lane
    const ready = ahead < MOST_AHEAD ? lane.find((one) => free(one)) : undefined
    const found = ready ?? first
    if (found === undefined) return undefined
    ahead = found === first ? 0 : ahead + 1
    lane.splice(lane.indexOf(found), 1)
    return found
  }

  /** One of its owner's, or a new one: what ran another's programs may be theirs, and may have seen other files. */
  function processFor(job: Ownership): GradingProcess {
    const known = free(job)
    if (known !== undefined) {
      idle.splice(idle.indexOf(known), 1)
      return known
    }
    if (all.size >= options.size) end(idle[0]!)
    const child = start()
    if (job.owner !== undefined) owners.set(child, job.owner)
    return child
  }

  function end(child: GradingProcess): void {
    const index = idle.indexOf(child)
    if (index >= 0) idle.splice(index, 1)
    all.delete(child)
    child.kill('SIGKILL')
  }

  /** Since they started, a narrower cell was found. */
  function retire(): void {
    for (const child of idle.filter((one) => kinds.get(one) !== cell.kind)) end(child)
  }

  function start(): GradingProcess {
    const child = cell.start(options.script, options.memoryMb)
    const forget = () => {
      all.delete(child)
      const index = idle.indexOf(child)
      if (index >= 0) idle.splice(index, 1)
    }
    // What was not asked for an answer and gives one is not what was started.
    const unasked = () => {
      if (idle.includes(child)) end(child)
    }
    child.on('exit', forget).on('error', forget).on('message', unasked)
    all.add(child)
    kinds.set(child, cell.kind)
    return child
  }

  function work(child: GradingProcess, waiting: Waiting<Job, Answer>): Promise<void> {
    const { job, seconds, once, answerBytes, resolve, reject } = waiting
    const number = ++jobs
    return new Promise((done) => {
      const settle = (deliver: () => void) => {
        clearTimeout(timer)
        clearInterval(watching)
        child.off('message', onMessage).off('error', onError).off('exit', onExit)
        deliver()
        done()
      }
      const fail = (code: 'out_of_memory' | 'out_of_time' | 'worker_failed' | 'stopped', message: string) => {
        end(child)
        settle(() => reject(new OracleError(code, message)))
      }
      const outOfMemory = () =>
        fail('out_of_memory', `Grading needs more memory than the ${options.memoryMb} MB that it may use.`)
      const onMessage = (reply: unknown) => {
        if (!isReply<Answer>(reply, number))
          return fail('worker_failed', 'The grading process answered with something else.')
        settle(() => {
          if (once) end(child)
          else idle.push(child)
          if ('answer' in reply) resolve(reply.answer)
          else reject(new OracleError('worker_failed', reply.failure))
        })
      }
      const onError = () => fail('worker_failed', 'The grading process could not be started or reached.')
      const onExit = (code: number | null, signal: string | null) => {
        if (closed) fail('stopped', 'The oracle is stopping.')
        // A full heap ends in abort(3); the kernel's own memory killer sends SIGKILL.
        // In a namespace its shell tells them by a number.
        else if (signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134 || code === 137) outOfMemory()
        else fail('worker_failed', 'The grading process ended without an answer.')
      }
      const timer = setTimeout(() => {
        fail('out_of_time', `Grading took longer than ${seconds} s and was stopped.`)
      }, seconds * 1000)
      // The limit on the heap does not count buffers.
      const watching = setInterval(() => {
        const bytes = child.pid === undefined ? undefined : residentBytes(child.pid)
        if (bytes !== undefined && bytes > (options.memoryMb + BESIDE_MB) * 1024 * 1024) outOfMemory()
      }, LOOK_MS)
      child.on('message', onMessage).on('error', onError).on('exit', onExit)
      child.post({ number, job }, answerBytes)
    })
  }

  return {
    run(job, { lane = 0, files = 1, answerBytes = ANSWER_BYTES, ...ownership } = {}) {
      if (closed) return Promise.reject(new OracleError('stopped', 'The oracle is stopping.'))
      const refusal = cell.refusal()
      if (refusal !== undefined) return Promise.reject(refusal)
      return new Promise((resolve, reject) => {
        lanes[lane].push({ job, seconds: options.seconds * files, answerBytes, ...ownership, resolve, reject })
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
