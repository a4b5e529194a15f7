/** A file of an export. */
export type ExportFile = { name: string; bytes: Uint8Array<ArrayBuffer> }

export const fileOf = (name: string, text: string): ExportFile => ({ name, bytes: new TextEncoder().encode(text) })
