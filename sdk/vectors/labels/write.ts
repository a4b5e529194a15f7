/** Writes the exports that `make.py` reads: `npx node sdk/vectors/labels/write.ts`. */
import { writeFileSync } from 'node:fs'
import { coco } from '../../src/labels/export/coco.ts'
import { boxesExport, choiceExport, polygonsExport } from '../../src/labels/export/labels.fixture.ts'
import { huggingface } from '../../src/labels/export/huggingface.ts'

const write = (name: string, bytes: Uint8Array) => writeFileSync(new URL(name, import.meta.url), bytes)
write('boxes.json', coco(boxesExport)[0]!.bytes)
write('polygons.json', coco(polygonsExport)[0]!.bytes)
write('train.parquet', huggingface(choiceExport)[0]!.bytes)
