/** Serves the built pages and their /config.json: static files only, so any web server can take its place. */
import { existsSync, readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { secureHeaders } from 'hono/secure-headers'

const { HOST = '127.0.0.1', PORT = '3000', DAPP_DIST, CONFIG_FILE } = process.env
if (!DAPP_DIST || !CONFIG_FILE) {
  console.error('Set DAPP_DIST to the folder of the built pages and CONFIG_FILE to the file served as /config.json.')
  process.exit(2)
}
const dist: string = DAPP_DIST
const configFile: string = CONFIG_FILE
const index = `${dist}/index.html`
if (!existsSync(index)) {
  console.error(`${dist} holds no built pages; build them with npm run build -w @stellartrain/dapp`)
  process.exit(2)
}

const app = new Hono()
app.use(
  secureHeaders({
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      connectSrc: ['*'], // the services' addresses come from /config.json
      imgSrc: ["'self'", 'data:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      workerSrc: ["'self'", 'blob:'],
      frameAncestors: ["'none'"],
    },
  }),
)
app.use(compress())
app.get('/health', (c) => c.json({ ok: true }))
app.get('/config.json', (c) => {
  c.header('cache-control', 'no-store')
  c.header('content-type', 'application/json')
  return c.body(readFileSync(configFile, 'utf8'))
})
app.use('/assets/*', async (c, next) => {
  await next()
  if (c.res.ok) c.header('cache-control', 'public, max-age=31536000, immutable') // names carry a hash
})
app.use('*', serveStatic({ root: dist }))
app.get('*', (c) => {
  if (/\.[a-z0-9]+$/i.test(c.req.path)) return c.notFound()
  c.header('cache-control', 'no-cache')
  return c.html(readFileSync(index, 'utf8'))
})

const server = serve({ fetch: app.fetch, hostname: HOST, port: Number(PORT) }, (info) => {
  const host = HOST.includes(':') ? `[${HOST}]` : HOST
  console.log(JSON.stringify({ event: 'ready', url: `http://${host}:${info.port}` }))
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0))
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
