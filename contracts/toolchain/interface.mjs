/** Fails unless two wasm files have the same contract spec, in any order, and the same exports. Usage: interface.mjs A B */
import { readFileSync } from 'node:fs'
import { Spec } from '@stellar/stellar-sdk/contract'

const [a, b] = process.argv.slice(2).map((path) => {
  const bytes = readFileSync(path)
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(bytes))
  return {
    exports: exported.map(({ name, kind }) => `${kind} ${name}`).sort(),
    spec: Spec.fromWasm(bytes)
      .entries.map((entry) => entry.toXdr('base64'))
      .sort(),
  }
})
for (const part of ['exports', 'spec']) {
  const other = b[part].filter((line) => !a[part].includes(line))
  const missing = a[part].filter((line) => !b[part].includes(line))
  if (other.length + missing.length > 0) {
    console.error(
      `The ${part} differ:\n${missing.map((line) => `- ${line}`).join('\n')}\n${other.map((line) => `+ ${line}`).join('\n')}`,
    )
    process.exit(1)
  }
}
