/** Boxes and polygons as COCO's object detection JSON: https://cocodataset.org/#format-data. */
import { type Answer, doubleArea } from '@stellartrain/ipfs-content/labeling'
import { boxAround } from '@stellartrain/oracle-grade/consensus'
import { addressOf, type Exported, onlyFor, sizeOf } from './exported.ts'
import { type ExportFile, fileOf } from './file.ts'

type Shape = { label: string; bbox: [number, number, number, number]; area: number; segmentation: number[][] }

/** Only items with a consensus that is no flag; `score` is the confidence, which COCO has for results alone. */
export function coco(exported: Exported): ExportFile[] {
  const { labels, items, gateway } = exported
  onlyFor('coco', labels, ['boxes', 'polygons'])
  const { answer: asked } = labels.task
  const column = 'column' in asked ? asked.column : ''
  const names = 'labels' in asked ? asked.labels.map(({ value }) => value) : []
  const shown = items.filter(({ answer }) => answer !== undefined && answer.kind !== 'flag')
  const images = shown.map(({ id }, at) => {
    const item = labels.items.get(id) ?? {}
    const cell = item[column] ?? ''
    return {
      id: at + 1,
      ...sizeOf(exported, id),
      file_name: fileName(item.file ?? cell) ?? fileName(cell) ?? `${at + 1}`,
      coco_url: addressOf(cell, gateway),
      item: id,
    }
  })
  const annotations = shown.flatMap(({ answer, confidence }, at) =>
    shapesOf(answer).map(({ label, ...shape }) => ({
      ...{ image_id: at + 1, category_id: names.indexOf(label) + 1, iscrowd: 0, score: confidence },
      ...shape,
    })),
  )
  const document = {
    info: { description: labels.title, url: `ipfs://${labels.manifestCid}`, contributor: labels.maker },
    licenses: [{ id: 1, name: labels.license, url: '' }],
    categories: names.map((name, at) => ({ id: at + 1, name, supercategory: '' })),
    images: images.map((image) => ({ ...image, license: 1 })),
    annotations: annotations.map((annotation, at) => ({ id: at + 1, ...annotation })),
  }
  return [fileOf('annotations.json', `${JSON.stringify(document, null, 2)}\n`)]
}

/** Programs save the images under these names: what would leave their folder, or be a path elsewhere, is no name. */
function fileName(text: string): string | undefined {
  return text === '' || /^[/~]|^[a-z]:|[\p{Cc}\\]|(^|\/)\.\.(\/|$)/iu.test(text) ? undefined : text
}

function shapesOf(answer: Answer | undefined): Shape[] {
  if (answer?.kind === 'boxes')
    return answer.boxes.map(({ label, x, y, width, height }) => {
      const corners = [x, y, x + width, y, x + width, y + height, x, y + height]
      return { label, bbox: [x, y, width, height], area: width * height, segmentation: [corners] }
    })
  if (answer?.kind !== 'polygons') return []
  return answer.polygons.map(({ label, points }) => {
    const { x, y, width, height } = boxAround({ points })
    return { label, bbox: [x, y, width, height], area: Math.abs(doubleArea(points)) / 2, segmentation: [points.flat()] }
  })
}
