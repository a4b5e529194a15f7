/**
 * The order of a first run, on a machine that has measured no file yet: journeys of browsers and whole systems before all else. vitest
 * would take the largest files first, and the longest journey would begin when everything else is done.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const WHOLE_SYSTEM = /\/(e2e|journeys)\/|\/(faults|stories|main)\.test\.ts$/

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    if (files.every((one) => this.ctx.cache.getTestSpecificationResult(one))) return sorted
    const isLong = ({ moduleId }: TestSpecification) => WHOLE_SYSTEM.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((one) => !isLong(one))]
  }
}
