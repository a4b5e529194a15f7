/** Clocks that leap: libfaketime (Debian's package) under each service of ours, whose own file says how far its clock is off. */
import { globSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../kill/random.ts'
import type { ServiceSpec } from '../system/supervise.ts'
import { NotHere, type Trouble } from './trouble.ts'

const HOUR = 3_600
/** A ledger closes by what validators agree on, not by a clock that leaps; Postgres has no part of ours. */
const SPARED = ['local network', 'Postgres']

/** @param folder keeps the files. @throws NotHere without libfaketime */
export function createLeaps(random: Random, folder: string): Trouble {
  const [library] = globSync('/usr/lib{,64}/{,*/}faketime/libfaketimeMT.so.1')
  if (!library) throw new NotHere('Clocks cannot leap here: install libfaketime.')
  mkdirSync(folder, { recursive: true })
  const clocks = new Map<string, { file: string; offset: number }>()
  const set = (file: string, offset: number) => {
    writeFileSync(`${file}.new`, `${offset < 0 ? '' : '+'}${offset}\n`)
    renameSync(`${file}.new`, file)
  }
  return {
    name: 'leap',
    async alter(spec: ServiceSpec) {
      if (SPARED.includes(spec.name)) return spec
      const file = join(folder, `${spec.name.replaceAll(' ', '-')}-${clocks.size}`)
      clocks.set(file, { file, offset: 0 })
      set(file, 0)
      const env = {
        ...spec.env,
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: file,
        FAKETIME_CACHE_DURATION: '1',
        // What a clock that is set does not move on any system.
        DONT_FAKE_MONOTONIC: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      }
      return { ...spec, env }
    },
    async once(say) {
      const all = [...clocks.values()]
      const clock = all[random.below(all.length)]!
      const others = [-HOUR, 0, HOUR].filter((offset) => offset !== clock.offset)
      clock.offset = others[random.below(others.length)]!
      say(`the clock of ${clock.file.split('/').at(-1)} is off by ${clock.offset / HOUR} h now`)
      set(clock.file, clock.offset)
    },
    async stop() {},
  }
}
