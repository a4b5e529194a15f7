/** A large image is graded in the memory that its points take: a grader that runs out of memory gives no verdict at all. */

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** A percentile of the distances of four million points, in a heap that a list of them does not fit into. */
const SCRIPT = `
const { grade } = await import(process.argv[1])
const bytes = (text) => new TextEncoder().encode(text)
const side = 2048
const { score } = grade({
  metric: 'mask_hausdorff',
  params: { percentile: 95 },
  truth: bytes('id,mask,width,height\\n1,1 1,' + side + ',' + side + '\\n'),
  truthShape: {
    idColumn: 'id', valueColumn: 'mask', type: 'rle',
    moreColumns: [{ name: 'width', type: 'integer' }, { name: 'height', type: 'integer' }],
  },
  submission: bytes('id,p\\n1,1 ' + side * side + '\\n'),
  shape: { idColumn: 'id', columns: [{ name: 'p', type: 'rle' }] },
  salt: new Uint8Array(32),
})
console.log(score)`

test('a mask of a whole image takes no list of its points', () => {
  const engine = join(import.meta.dirname, '../grade.ts')
  const args = ['--conditions=stellartrain-source', '--max-old-space-size=48', '--input-type=module', '-e', SCRIPT]
  const { stdout } = spawnSync(process.execPath, [...args, engine], { encoding: 'utf8' })
  // 95 % of a square of side 2048 are nearer to a corner than this.
  expect(Number(stdout)).toBeGreaterThan(2047)
  expect(Number(stdout)).toBeLessThan(2047 * Math.SQRT2)
})
