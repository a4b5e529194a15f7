/** A service for the tests of the process; it closes, or never does. */
import { setTimeout as pause } from 'node:timers/promises'
import { commonOptions, createMetrics, healthRoutes, listen, optional, runService, text } from '../index.ts'

await runService({
  name: 'fixture',
  about: 'A service for tests.',
  options: { ...commonOptions(0), hang: optional('HANG', text, 'never closes') },
  deadlineMs: 100,
  async start({ host, port, hang }, log) {
    const routes = healthRoutes({ problems: () => [], metrics: createMetrics('fixture', '0.0.0') })
    const server = await listen(routes, { host, port })
    log.info('started', { port: server.port })
    return { ...server, close: () => (hang === undefined ? server.close() : pause(3_600_000)) }
  },
})
