/** Answers jobs, in a process of their own: each kind is somebody else's work. */
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { GradeError, nearCopies, prepareTruth, taskOf, writeTruth } from '@stellartrain/oracle-grade'
import type { Answer, FormJob, GradeJob, Job, JobInputs, QuizJob, WorkJob } from './jobs.ts'
import { aboutOf, itemsIn, judge, quizOf, workOf } from './label-batch.ts'
import { run, trialJob } from './prediction.ts'
import { prepare, type Ready } from './ready.ts'
import { gradeFile, openFile, truthJob } from './sealed-file.ts'

/** How many truths a process keeps prepared. */
const KEPT = 4

/** Answers jobs one after the other, remembering the truths that it was given last. */
export function createJobRunner(): (job: Job) => Promise<Answer> {
  const ready = new Map<string, Ready>()

  /** What was prepared last stays; undefined where it is gone and no inputs came. */
  async function readyFor(key: string, inputs: JobInputs | undefined): Promise<Ready | undefined> {
    const known = ready.get(key) ?? (inputs && (await prepare(inputs)))
    if (known === undefined) return undefined
    ready.delete(key)
    ready.set(key, known)
    for (const old of ready.keys()) if (ready.size > KEPT) ready.delete(old)
    return known
  }

  async function gradeJob({ key, file, batch, inputs }: GradeJob): Promise<Answer> {
    const known = await readyFor(key, inputs)
    if (known === undefined) return { kind: 'inputs_needed' }
    return {
      kind: 'outcome',
      outcome: await gradeFile(file, ({ content, lease }) =>
        known.labeling ? judge(known, { submission: content, lease, batch, file }) : run(known, content),
      ),
    }
  }

  async function quizJob({ key, of, csv, inputs }: QuizJob): Promise<Answer> {
    const known = await readyFor(key, inputs)
    if (known === undefined) return { kind: 'inputs_needed' }
    return { kind: 'quiz', ...quizOf(known, of, csv) }
  }

  async function workJob({ key, file, batch, inputs }: WorkJob): Promise<Answer> {
    const known = await readyFor(key, inputs)
    return known === undefined ? { kind: 'inputs_needed' } : { kind: 'work', work: await workOf(known, file, batch) }
  }

  return async (job) => {
    try {
      switch (job.kind) {
        case 'work':
          return await workJob(job)
        case 'quiz':
          return await quizJob(job)
        case 'grade':
          return await gradeJob(job)
        case 'trial':
          return await trialJob(job)
        case 'truth':
          return await truthJob(job)
        case 'open':
          return { kind: 'content', csv: (await openFile(job.file)).content }
        case 'alike': {
          const { task, truth } = await prepare(job.inputs)
          return { kind: 'alike', found: nearCopies(task, truth, job.entries, job.steps) }
        }
        case 'form':
          return { kind: 'form', form: formOf(job) }
        case 'pool':
          return { kind: 'pool', ...itemsIn(await prepare(job.inputs)) }
        case 'ids': {
          const { content, lease } = await openFile(job.file)
          return { kind: 'ids', about: aboutOf(content, job.idColumn, lease) }
        }
      }
    } catch (error) {
      if (error instanceof ContentError) return { kind: 'content_error', code: error.code, message: error.message }
      if (!(error instanceof GradeError)) throw error
      // Only the code's own sentence: a problem of the truth must not reveal its content.
      return { kind: 'unusable', code: error.code, message: error.message }
    }
  }
}

function formOf({ source, truth }: FormJob): Uint8Array<ArrayBuffer> {
  const task = taskOf(source)
  const pieces: Uint8Array[] = []
  // Each piece is valid only during the call.
  writeTruth(prepareTruth(truth, task.truthShape(truth)), task.shape, {
    update: (piece) => void pieces.push(piece.slice()),
  })
  return new Uint8Array(Buffer.concat(pieces))
}
