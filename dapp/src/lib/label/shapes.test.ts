import { expect, it } from 'vitest'
import {
  arrowStep,
  boxBetween,
  boxHas,
  CORNERS,
  cornerOf,
  movedBox,
  opposite,
  polygonHas,
  resizedBox,
  smallestAt,
} from './shapes.ts'

const size = { width: 200, height: 100 }
const box = { height: 20, label: 'cat', width: 30, x: 10, y: 10 }

it('a box is drawn from any corner, within the picture, to hundredths of a pixel', () => {
  expect(boxBetween(size, [40.004, 30], [10, 10], 'cat')).toEqual({ ...box, width: 30 })
  expect(boxBetween(size, [-50, 20.333], [500, 999], 'a')).toEqual({
    height: 79.67,
    label: 'a',
    width: 200,
    x: 0,
    y: 20.33,
  })
})

it('it is moved and resized as far as the picture reaches', () => {
  expect(movedBox(size, box, -100, 5)).toMatchObject({ x: 0, y: 15, width: 30, height: 20 })
  expect(movedBox(size, box, 1_000, 1_000)).toMatchObject({ x: 170, y: 80 })
  expect(resizedBox(size, box, 1_000, -1_000)).toMatchObject({ width: 190, height: 1 })
})

it('corners have an opposite, from which a box is drawn again', () => {
  for (const corner of CORNERS)
    expect(boxBetween(size, cornerOf(box, corner), cornerOf(box, opposite(corner)), 'cat')).toEqual(box)
})

it('the smallest one under a finger is meant', () => {
  const large = { ...box, width: 100, height: 80 }
  const area = (one: typeof box) => one.width * one.height
  const at = (x: number, y: number) => smallestAt([large, box], (one) => boxHas(one, [x, y]), area)
  expect([at(15, 15), at(90, 80), at(199, 99)]).toEqual([1, 0, -1])
  const triangle = {
    points: [
      [0, 0],
      [10, 0],
      [0, 10],
    ] as [number, number][],
  }
  expect(polygonHas(triangle, [2, 2])).toBe(true)
  expect(polygonHas(triangle, [8, 8])).toBe(false)
})

it('arrows are steps of one pixel, or of ten', () => {
  const key = { key: 'ArrowUp', ctrlKey: false, altKey: false }
  expect(arrowStep(key)).toEqual([0, -1])
  expect(arrowStep({ ...key, altKey: true })).toEqual([0, -10])
  expect(arrowStep({ ...key, key: 'x' })).toBeUndefined()
})
