/** A grading process that never ends by itself, once it has a job. */
import { hearParent } from './channel.ts'

const send = hearParent(() => {
  send('endless')
  // Once that is on its way.
  setImmediate(() => {
    for (;;);
  })
})
