/** Fails unless two wasm files have the same contract spec and the same exports. Usage: interface.mjs A B */
import { readFileSync } from 'node:fs'

const [a, b] = process.argv.slice(2).map((path) => {
  const module = new WebAssembly.Module(readFileSync(path))
  const spec = WebAssembly.Module.customSections(module, 'contractspecv0').map((part) => Buffer.from(part).toString('hex'))
  const functions = WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`)
  return { spec: spec.join(''), exports: functions.sort().join('\n') }
})
if (a.exports !== b.exports) throw new Error(`the exports differ:\n${a.exports}\n---\n${b.exports}`)
if (a.spec !== b.spec) throw new Error('the contract specs differ')
