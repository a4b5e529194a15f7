/** A process that has a grading process work for ever in a cell, and says so: `node parent.fixture.ts KIND FOLDER`. */
import { cellsOf } from './cell.ts'

const [kind, folder = ''] = process.argv.slice(2)
const cell = cellsOf(folder).find((one) => one.kind === kind)
const child = cell?.start(new URL('./endless.fixture.ts', import.meta.url), 64)
child?.on('message', (message) => void process.stdout.write(`${message}\n`))
child?.on('error', () => process.exit(1)).on('exit', () => process.exit(1))
child?.post('begin', 100)
