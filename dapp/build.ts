/** `npm run build -w @stellartrain/dapp`: the pages into dapp/dist. */
import { buildDapp, distPath } from './src/index.ts'

await buildDapp()
console.log(`Built ${distPath}`)
