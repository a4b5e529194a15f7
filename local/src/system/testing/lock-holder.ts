/** Holds the lock of a home until it is killed. */
import { lockHome } from '../lock.ts'

await lockHome(process.argv[2] ?? '')
console.log('locked')
setInterval(() => {}, 1000)
