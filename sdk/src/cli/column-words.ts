/** Names of columns in a sentence. */
export function columnWords({ columns }: { columns: readonly { name: string }[] }): string {
  const names = columns.map(({ name }) => `"${name}"`)
  return `the ${names.length === 1 ? 'column' : 'columns'} ${names.join(', ')}`
}
