/** The numbers of the mutants that a build could not compile, by the marks on the lines of its errors. Usage: unviable.mjs BUILD.json FOLDER */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const [build, folder] = process.argv.slice(2)
const numbers = new Set()
for (const line of readFileSync(build, 'utf8').split('\n')) {
  if (!line.startsWith('{')) continue
  const { reason, message } = JSON.parse(line)
  if (reason !== 'compiler-message' || message.level !== 'error') continue
  for (const span of message.spans.filter((one) => one.is_primary)) {
    const text = readFileSync(join(folder, span.file_name), 'utf8').split('\n')
    for (const marked of text.slice(span.line_start - 1, span.line_end)) {
      const mark = /\/\*M(\d+)\*\//.exec(marked)
      if (mark) numbers.add(mark[1])
    }
  }
}
console.log([...numbers].join(' '))
