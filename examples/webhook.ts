/** Registers a webhook and checks the signature of what it is sent: `npx node examples/webhook.ts [COUNT [AFTER]]`. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Keypair } from '@stellar/stellar-sdk'
import { parseConfig } from '@stellartrain/sdk'
import { createClient } from '@stellartrain/sdk/client'

const count = Number(process.argv[2] ?? Number.POSITIVE_INFINITY)
const after = process.argv[3]
const home = process.env.STELLARTRAIN_HOME ?? '.stellartrain'
const client = createClient(parseConfig(JSON.parse(readFileSync(`${home}/config.json`, 'utf8'))))
const api = client.config.apiUrl
const signer = Keypair.random() // or Keypair.fromSecret(…), or a wallet

const registered = Promise.withResolvers<string>()
let seen = 0
const receiver = createServer(async (request, response) => {
  const body = Buffer.concat(await Array.fromAsync(request)).toString()
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = request.headers
  // Standard Webhooks 1.0: the key is what stands behind `whsec_`, in base64.
  const key = Buffer.from((await registered.promise).replace('whsec_', ''), 'base64')
  const own = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')}`)
  const genuine = String(signatures)
    .split(' ')
    .some((one) => one.length === own.length && timingSafeEqual(Buffer.from(one), own))
  const recent = Math.abs(Date.now() / 1000 - Number(time)) < 300
  response.writeHead(genuine && recent ? 204 : 401).end()
  if (!genuine || !recent) return
  console.log(`${(JSON.parse(body) as { type: string }).type} ${id}`)
  seen += 1
  if (seen >= count) response.once('close', () => process.exit(0))
}).listen(0, '127.0.0.1')
await new Promise((listening) => receiver.once('listening', listening))

const token = await client.sessions.token(api, signer) // SEP-10: the wallet signs a transaction that is never sent
const answer = await fetch(`${api}/v1/webhooks`, {
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  // Only the local network calls addresses like this one; elsewhere it is https and public.
  body: JSON.stringify({
    url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    types: ['oracle_registered', 'submitted'],
    ...(after ? { after } : {}), // the id of an event: what came behind it is sent first
  }),
})
if (!answer.ok) throw new Error(`The API answered ${answer.status}: ${await answer.text()}`)
registered.resolve(((await answer.json()) as { secret: string }).secret)
