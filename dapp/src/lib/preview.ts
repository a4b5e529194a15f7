/** The first rows of a CSV for the eye; grading reads files with the engine, never with this. */

export type Preview = { header: string[]; rows: string[][] }

/** Splits CSV text into records: quotes, doubled quotes, LF and CRLF. Stops after `limit` records. */
export function splitCsv(text: string, limit = Number.POSITIVE_INFINITY): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let field = ''
  let quoted = false
  const endField = () => {
    record.push(field)
    field = ''
  }
  const endRecord = () => {
    endField()
    records.push(record)
    record = []
  }
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length && records.length < limit; at++) {
    const char = text[at]
    if (quoted) {
      if (char !== '"') field += char
      else if (text[at + 1] === '"') {
        field += '"'
        at += 1
      } else quoted = false
    } else if (char === '"' && field === '') quoted = true
    else if (char === ',') endField()
    else if (char === '\n') endRecord()
    else if (char !== '\r' || text[at + 1] !== '\n') field += char
  }
  if (records.length < limit && (field !== '' || record.length > 0)) endRecord()
  return records
}

const PREVIEW_BYTES = 64 * 1024

export function previewCsv(bytes: Uint8Array, rows = 8): Preview {
  const text = new TextDecoder().decode(bytes.subarray(0, PREVIEW_BYTES))
  const [header = [], ...rest] = splitCsv(text, rows + 1)
  return { header, rows: rest }
}
