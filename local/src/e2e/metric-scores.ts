/** The scores of golden vectors, and what is fitted to many votes, to the last bit, in Node and in a browser. */
import { checksumOf, manyVotes } from '../../../oracle/grade/src/consensus/votes.fixture.ts'
import { gradeVector, type Vector } from '../../../oracle/grade/src/vector.fixture.ts'

export const scoresOf = (vectors: readonly Vector[]): string[] =>
  vectors.map((vector) => {
    const score = new DataView(new ArrayBuffer(8))
    score.setFloat64(0, gradeVector(vector))
    return score.getBigUint64(0).toString(16)
  })

export const fittedTo = (): string => checksumOf(manyVotes())
