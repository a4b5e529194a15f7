/** The formats of `stellartrain labels export`, by name; each comes with the way back to the ledger. */
import { FORMATS, type Format } from '../choices.ts'
import { coco } from './coco.ts'
import type { Exported } from './exported.ts'
import type { ExportFile } from './file.ts'
import { labelStudio } from './label-studio.ts'
import { provenance } from './provenance.ts'
import { conll, spacy } from './spans.ts'
import { csvFiles, jsonLines } from './tables.ts'

const WRITERS = {
  csv: csvFiles,
  jsonl: jsonLines,
  'label-studio': labelStudio,
  coco,
  conll,
  spacy,
  // Loaded when it is used: it writes Parquet.
  huggingface: async (exported: Exported) => (await import('./huggingface.ts')).huggingface(exported),
} as const satisfies Record<Format, (exported: Exported) => ExportFile[] | Promise<ExportFile[]>>

export { FORMATS, type Format }

/** The first file is the one with the labels. @throws UserError `bad_input` for a format that does not have answers of this kind */
export async function exportLabels(exported: Exported, format: Format): Promise<ExportFile[]> {
  return [...(await WRITERS[format](exported)), provenance(exported)]
}
