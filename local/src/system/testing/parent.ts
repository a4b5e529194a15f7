/** Starts one supervised service and tells its process id: to be killed by a test. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { supervise } from '../supervise.ts'

const service = await supervise(
  {
    name: 'test service',
    main: fileURLToPath(new URL('./service.js', import.meta.url)),
    env: {},
    logFile: join(tmpdir(), `stellartrain-supervise-${process.pid}.log`),
  },
  () => {},
)
console.log(service.pid())
setInterval(() => {}, 1000)
