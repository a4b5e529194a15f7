/** Writes the exports that `make.py` reads: `npx node sdk/vectors/labels/write.ts`. */
import { writeFileSync } from 'node:fs'
import { coco } from '../../src/labels/export/coco.ts'
import { huggingface } from '../../src/labels/export/huggingface.ts'
import { boxesExport, choiceExport, namesExport, polygonsExport } from '../../src/labels/export/labels.fixture.ts'
import { conll, spacy } from '../../src/labels/export/spans.ts'

const write = (name: string, bytes: Uint8Array) => writeFileSync(new URL(name, import.meta.url), bytes)
write('boxes.json', coco(boxesExport)[0]!.bytes)
write('polygons.json', coco(polygonsExport)[0]!.bytes)
write('train.parquet', huggingface(choiceExport)[0]!.bytes)
write('names.conll', conll(namesExport)[0]!.bytes)
write('names.spacy.jsonl', spacy(namesExport)[0]!.bytes)
