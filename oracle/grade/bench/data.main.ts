/** Writes the benchmark's files in a process of its own, whose memory is gone before anything is measured. */

import { writeDataSets } from './data.ts'

const [folder, rows] = process.argv.slice(2)
process.stdout.write(JSON.stringify(writeDataSets(folder!, Number(rows))))
