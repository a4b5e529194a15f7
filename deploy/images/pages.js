/** Starts the server of the pages in a container: writes their config.json, then runs it. */
import './config.js'

await import('./start.js')
