/** The scores of golden vectors to the last bit, in Node and in a browser. */
import { gradeVector, type Vector } from '../../../oracle/grade/src/vector.fixture.ts'

export const scoresOf = (vectors: readonly Vector[]): string[] =>
  vectors.map((vector) => {
    const score = new DataView(new ArrayBuffer(8))
    score.setFloat64(0, gradeVector(vector))
    return score.getBigUint64(0).toString(16)
  })
