/** Just enough CSV to read one column of a published file; judging a file is the engine's business. */

/** The values of a column, or undefined if the header does not have it or the text is no CSV. */
export function columnValues(bytes: Uint8Array, column: string): string[] | undefined {
  const rows = parseRows(new TextDecoder().decode(bytes))
  const at = rows[0]?.indexOf(column) ?? -1
  if (at < 0) return undefined
  const values = rows.slice(1).map((row) => row[at])
  return values.every((value) => value !== undefined) ? values : undefined
}

/** All rows of a small file, header first. */
export function csvRows(bytes: Uint8Array): string[][] {
  return parseRows(new TextDecoder().decode(bytes))
}

function parseRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (at < text.length) {
    let value = ''
    if (text[at] === '"') {
      let end = at + 1
      for (;;) {
        const quote = text.indexOf('"', end)
        if (quote < 0) return rows
        value += text.slice(end, quote)
        if (text[quote + 1] !== '"') {
          at = quote + 1
          break
        }
        value += '"'
        end = quote + 2
      }
    } else {
      const start = at
      while (at < text.length && text[at] !== ',' && text[at] !== '\n') at++
      value = text.slice(start, text[at] === '\n' && text[at - 1] === '\r' ? at - 1 : at)
    }
    row.push(value)
    if (text[at] === '\r') at++
    if (text[at] === ',') {
      at++
      if (at === text.length) row.push('')
      continue
    }
    at++
    rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push(row)
  return rows
}
