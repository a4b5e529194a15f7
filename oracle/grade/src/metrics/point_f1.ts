/** F1 of points in boxes. Maximize, 0 to 1. Kuzushiji Recognition on Kaggle. */

import { GradeError } from '../errors.ts'
import type { LabelColumn } from '../table/columns.ts'
import { boxesOf, labeledOf, recordsCompared } from './detections.ts'
import type { Metric } from './metric.ts'
import { f1Of } from './texts.ts'

export const pointF1: Metric = {
  version: 1,
  family: 'images',
  id: 'point_f1',
  title: 'F1 of points in boxes',
  words: 'How well objects are pointed at: a point is right inside a true box of its class, one for each box.',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  formula:
    '2·TP ÷ (boxes + points) over all rows; each box, in its order, takes the first point of its class within it that no other took',
  source: 'https://gist.github.com/SohierDane/a90ef46d79808fe3afc70c80bae45972',
  truthTypes: ['list'],
  truthColumns: 'one',
  columnTypes: ['list'],
  maxColumns: 1,
  weights: false,
  // Of a box and of a point the shorter one.
  itemsOf: recordsCompared(3),
  params: {},
  prepare(truth) {
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const actual = Array.from({ length: rows }, (_, row) => boxesOf(truth.columns[0]!, row, false))
    if (actual.some((boxes) => boxes === undefined))
      throw new GradeError(
        'truth_degenerate',
        'point_f1 needs a truth of boxes: class x y width height, again and again.',
      )
    const boxes = actual.reduce((sum, own) => sum + own!.length, 0)
    if (boxes === 0) throw new GradeError('truth_degenerate', 'point_f1 needs a truth with at least one box.')
    return (predictions) => {
      let [points, right] = [0, 0]
      for (let row = 0; row < rows; row++) {
        const guess = labeledOf(predictions[0]!, row, 2)
        if (!guess) return Number.NaN
        points += guess.length
        const used = new Uint8Array(guess.length)
        for (const { label, x, y, width, height } of actual[row]!) {
          const match = guess.findIndex(({ label: name, numbers: [px, py] }, i) => {
            const inside = x < px! && px! < x + width && y < py! && py! < y + height
            return inside && name === label && used[i] === 0
          })
          if (match < 0) continue
          used[match] = 1
          right++
        }
      }
      return f1Of(right, boxes, points)
    }
  },
  trial: (truth) => ({
    perfect: (rank) => {
      const boxes = boxesOf(truth.columns[0]!, rank, false) ?? []
      return [boxes.map(({ label, x, y, width, height }) => [label, x + width / 2, y + height / 2].join(' ')).join(' ')]
    },
    constant: [''],
  }),
}
