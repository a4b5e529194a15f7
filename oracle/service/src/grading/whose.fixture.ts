/** A grading process that answers every job with its own name. */
import { randomUUID } from 'node:crypto'
import { hearParent } from './channel.ts'

const name = randomUUID()
const send = hearParent(({ number }: { number: number }) =>
  send({ number, answer: { kind: 'outcome', outcome: { rejected: 1, message: name } } }),
)
