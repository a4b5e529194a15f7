/** Serves the built pages and their /config.json: static files only, so any web server can take its place. */
import { existsSync, readFileSync } from 'node:fs'
import { serveStatic } from '@hono/node-server/serve-static'
import {
  commonOptions,
  createMetrics,
  healthRoutes,
  InvalidValue,
  listen,
  requests,
  required,
  runService,
  text,
} from '@stellartrain/service'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { secureHeaders } from 'hono/secure-headers'

/** A folder with built pages in it. */
function builtPages(folder: string): string {
  if (existsSync(`${folder}/index.html`)) return folder
  throw new InvalidValue('must be a folder of built pages; build them with npm run build -w @stellartrain/dapp')
}

const OPTIONS = {
  dist: required('DAPP_DIST', builtPages, 'the folder of the built pages'),
  configFile: required('CONFIG_FILE', text, 'the file that is served as /config.json'),
  ...commonOptions(3000),
}

await runService({
  name: 'dapp-server',
  about: 'Serves the built pages of StellarTrain.',
  options: OPTIONS,
  start({ dist, configFile, host, port }, log, traces) {
    const metrics = createMetrics('dapp', '0.1.0')
    const app = createApp(dist, configFile)
    const outer = new Hono()
    outer.use(requests({ log, metrics, traces }))
    outer.route(
      '/',
      healthRoutes({ problems: () => (existsSync(configFile) ? [] : [`${configFile} is missing.`]), metrics }),
    )
    outer.route('/', app)
    return listen(outer, { host, port })
  },
})

function createApp(dist: string, configFile: string): Hono {
  const index = `${dist}/index.html`
  const app = new Hono()
  app.use(
    secureHeaders({
      xFrameOptions: 'DENY',
      referrerPolicy: 'no-referrer',
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        connectSrc: ['*'], // the services' addresses come from /config.json
        // What is labeled: from IPFS, checked, as `blob:`, or from the address that the maker names.
        imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
        mediaSrc: ["'self'", 'blob:', 'https:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        workerSrc: ["'self'", 'blob:'],
        frameAncestors: ["'none'"],
      },
    }),
  )
  app.use(compress())
  app.get('/config.json', (c) => {
    c.header('cache-control', 'no-store')
    c.header('content-type', 'application/json')
    return c.body(readFileSync(configFile, 'utf8'))
  })
  app.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.ok) c.header('cache-control', 'public, max-age=31536000, immutable') // names carry a hash
  })
  // Names that stay the same while what is behind them changes, `/` and `/index.html` above all.
  app.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-cache')
  })
  app.use('*', serveStatic({ root: dist, precompressed: true }))
  app.get('*', (c) => {
    if (/\.[a-z0-9]+$/i.test(c.req.path)) return c.notFound()
    c.header('cache-control', 'no-cache')
    return c.html(readFileSync(index, 'utf8'))
  })
  return app
}
