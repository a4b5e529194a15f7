/** The version of this package, as its manifest has it. */
import { versionOf } from '@stellartrain/service/process'

export const VERSION: string = versionOf(import.meta.url)
