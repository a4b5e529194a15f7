/** Writes CSV that our own engine reads back to the same values. */

export const csvField = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

export const csvText = (rows: readonly (readonly string[])[]): string =>
  `${rows.map((row) => row.map(csvField).join(',')).join('\n')}\n`
