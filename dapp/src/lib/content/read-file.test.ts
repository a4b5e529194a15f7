import { describe, expect, it } from 'vitest'
import { readCsvFile } from './read-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, mark: boolean) => {
  const units = Uint16Array.from((mark ? `\uFEFF${text}` : text).split('').map((char) => char.charCodeAt(0)))
  return new Uint8Array(units.buffer)
}

describe('a chosen file', () => {
  it('is read when it is CSV, with and without a byte order mark', () => {
    expect(readCsvFile(bytes('id,y\n1,a\n')).text).toBe('id,y\n1,a\n')
    expect(readCsvFile(bytes('\uFEFFid,y\n1,ä\n')).text).toContain('id,y')
    expect(readCsvFile(bytes('y\n1\n2\n')).text).toBe('y\n1\n2\n')
  })
  it.each([
    ['an empty file', new Uint8Array(), /empty \(0 bytes\)/],
    ['white space', bytes(' \n\n'), /nothing but white space/],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), /PNG picture/],
    ['a zip', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0, 0]), /zip, xlsx/],
    ['a Parquet file', bytes('PAR1....'), /Parquet/],
    ['UTF-16 with a mark', utf16('id,y\n1,a\n', true), /UTF-16/],
    ['UTF-16 without one', utf16('id,y\n1,a\n', false), /UTF-16/],
    ['Latin-1', new Uint8Array([0x69, 0x64, 0x2c, 0xe9, 0x0a]), /not UTF-8/],
    ['semicolons', bytes('id;y\n1;a\n'), /semicolons/],
    ['tabs', bytes('id\ty\n1\ta\n'), /tabs/],
  ])('%s is named', (_, content, problem) => {
    expect(readCsvFile(content).problem).toMatch(problem)
  })
})
