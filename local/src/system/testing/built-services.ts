/** Before a run of tests: the services as one file each, for whatever a test starts as a process. */
import type { TestProject } from 'vitest/node'
import { builtServices } from '../built.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built files; empty where nothing could be built, and tests start services from their sources. */
    builtServices: string
  }
}

export default async function setUp(project: TestProject): Promise<void> {
  project.provide('builtServices', (await builtServices()) ?? '')
}
