/** Name and version of the grading engine, as reports give them: recompute a score with this one. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export type Engine = Readonly<{ name: string; version: string }>

const entry = createRequire(import.meta.url).resolve('@stellartrain/oracle-grade')
const { name, version } = JSON.parse(readFileSync(new URL('../package.json', `file://${entry}`), 'utf8')) as Engine

export const ENGINE: Engine = Object.freeze({ name, version })
