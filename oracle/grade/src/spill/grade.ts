/**
 * Grades files that are larger than memory: their rows are split by id into parts on disk, and parts are read one after the other, in the
 * order of the ids. What stays in memory are the value columns. Score and content hash are those of `grade`, and so is the first problem
 * of a file that is rejected; others are not looked for.
 */

import { statfsSync, statSync } from 'node:fs'
import { GradeError } from '../errors.ts'
import { type GradeInput, type GradeResult, partGrader, rejection } from '../grade.ts'
import { addProblem, createProblems } from '../problems.ts'
import { isCell, type SubmissionShape, type TruthShape } from '../shape.ts'
import { checkTask } from '../task.ts'
import { readParts, truthInvalid } from './readparts.ts'
import { makeFolder, openScratch } from './scratch.ts'
import { findBounds, type Source, split } from './split.ts'

export interface SpillInput extends Omit<GradeInput, 'truth' | 'truthShape' | 'submission'> {
  readonly truthPath: string
  /** With one value column, and a usage column or none. */
  readonly truthShape: TruthShape
  readonly submissionPath: string
}

export interface SpillOptions {
  /** Where the parts are kept, in files that vanish with the process. Made where it is missing. */
  readonly folder: string
  /** What reading a part may take, MiB. */
  readonly memoryMib: number
}

/** Bytes of memory that reading a part takes for each byte of its larger file: both files, the table of ids, the sort. */
const BYTES_A_BYTE = 10
const MOST_PARTS = 4096
/** Parts are planned from a sample: one may be so much larger. */
const UNEVEN = 2

/** Throws what `grade` throws, and `GradeError` `spill_disk` or `spill_memory`. */
export function gradeSpilled(input: SpillInput, options: SpillOptions): GradeResult {
  try {
    return gradeInParts(input, options)
  } catch (error) {
    // A folder that cannot be written to, or a disk that is full: it says nothing about the submission.
    if (error instanceof Error && 'syscall' in error)
      throw new GradeError('spill_disk', `The files cannot be graded in parts in ${options.folder}: ${error.message}.`)
    throw error
  }
}

function gradeInParts(input: SpillInput, { folder, memoryMib }: SpillOptions): GradeResult {
  const { shape, truthShape, truthPath, submissionPath } = input
  const metric = checkTask(input.evaluator ?? input.metric, input.params ?? {}, shape, truthShape)
  checkPlain(shape, truthShape)
  const [truthBytes, bytes] = [statSync(truthPath).size, statSync(submissionPath).size]
  if (bytes > (shape.maxBytes ?? bytes)) {
    const problems = createProblems(1)
    addProblem(problems, 'file_too_large', null, null, `It has ${bytes} bytes, the limit is ${shape.maxBytes}.`)
    return rejection(problems, metric)
  }
  const memory = memoryMib * 1024 * 1024
  const parts = Math.max(1, Math.ceil((Math.max(truthBytes, bytes) * BYTES_A_BYTE) / memory))
  if (parts > MOST_PARTS) throw tooLittle(memoryMib)
  makeFolder(folder)
  const { bavail, bsize } = statfsSync(folder)
  if (truthBytes + bytes > bavail * bsize)
    throw new GradeError(
      'spill_disk',
      `The parts of the files need ${truthBytes + bytes} bytes in ${folder}, ${bavail * bsize} are free.`,
    )
  const scratch = openScratch(folder)
  try {
    const truth: Source = { path: truthPath, name: 'truth', ...columnsOfTruth(truthShape) }
    const submission: Source = { path: submissionPath, name: 'submission', ...columnsOf(shape) }
    const bounds = findBounds(truth, parts)
    const { rows, problems, largest } = split(truth, bounds, scratch)
    if (problems.list[0]) throw truthInvalid(problems.list[0])
    const submitted = split(submission, bounds, scratch, rows)
    if (Math.max(largest, submitted.largest) * BYTES_A_BYTE > UNEVEN * memory) throw tooLittle(memoryMib)
    const read = readParts(input, { scratch, truth, submission, bounds, rows, submitted })
    const grader = partGrader({ ...input, submission: new Uint8Array() }, read.truth, () =>
      read.problems.total > 0 ? rejection(read.problems, metric) : read.columns,
    )
    return grader(input.part ?? 'all')
  } finally {
    scratch.close()
  }
}

function checkPlain(shape: SubmissionShape, { moreColumns, weightColumn, groupColumn, inputs }: TruthShape): void {
  const { long, model, formats = ['csv'] } = shape
  const plain = !long && !model && formats.join() === 'csv' && !moreColumns && !weightColumn && !groupColumn && !inputs
  if (!plain || shape.columns.some(({ type }) => isCell(type)))
    throw new GradeError(
      'shape_invalid',
      'Only CSV files of numbers and labels, without weights and groups, are graded in parts.',
    )
}

const columnsOfTruth = ({ idColumn, valueColumn, usageColumn, extraColumns = 'refuse' }: TruthShape) => ({
  idColumn,
  wanted: [idColumn, valueColumn, ...(usageColumn === undefined ? [] : [usageColumn])],
  extraColumns,
})

const columnsOf = ({ idColumn, columns, extraColumns = 'refuse' }: SubmissionShape) => ({
  idColumn,
  wanted: [idColumn, ...columns.map(({ name }) => name)],
  extraColumns,
})

const tooLittle = (memoryMib: number): GradeError =>
  new GradeError('spill_memory', `${memoryMib} MiB are too little to read a part of these files.`)
