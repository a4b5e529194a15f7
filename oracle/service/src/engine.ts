/** Name and version of the grading engine, as they stand in reports: who recomputes a score takes this one. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

type Named = { name: string; version: string }

const entry = createRequire(import.meta.url).resolve('@stellartrain/oracle-grade')
const { name, version } = JSON.parse(readFileSync(new URL('../package.json', `file://${entry}`), 'utf8')) as Named

export const ENGINE: Readonly<Named> = Object.freeze({ name, version })
