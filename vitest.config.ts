/** One test run over every package: unit tests stand beside their file, whole-system journeys in local/e2e. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contracts,ipfs,oracle,indexer}/*/src/**/*.test.ts', '{devnet,service,sdk,dapp,local}/src/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/target/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
