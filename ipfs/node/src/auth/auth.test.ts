/** Sign-in: what a wallet is asked to sign, what is accepted, and what a token is good for. */
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Account, Keypair, Networks, Operation, TransactionBuilder, WebAuth } from '@stellar/stellar-sdk'
import { signIn, upload } from '@stellartrain/ipfs-content/upload'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it, onTestFinished } from 'vitest'
import { PASSPHRASE, service, signedIn, temporaryHome, wallet } from '../harness.ts'

const post = (url: string, transaction: unknown) =>
  fetch(`${url}/auth`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ transaction }),
  })

async function challengeOf(url: string, account: string): Promise<string> {
  const answer = await fetch(`${url}/auth?account=${account}`)
  return ((await answer.json()) as { transaction: string }).transaction
}

describe('signing in', () => {
  it('needs no funds and gives a token that anybody can verify by the published key', async () => {
    const { url } = await service()
    const { account, sign } = wallet()
    const session = await signIn({ url, account, networkPassphrase: PASSPHRASE, sign })
    const jwks = createLocalJWKSet((await (await fetch(`${url}/.well-known/jwks.json`)).json()) as JSONWebKeySet)
    const { payload } = await jwtVerify(session.token, jwks, { issuer: 'localhost', subject: account })
    expect(payload.exp! - payload.iat!).toBeLessThanOrEqual(3600)
    expect(session.expires).toBe(payload.exp! * 1000)
  })

  it('works through a form as SEP-10 also allows', async () => {
    const { url } = await service()
    const { account, sign } = wallet()
    const transaction = await sign(await challengeOf(url, account))
    const answer = await fetch(`${url}/auth`, { method: 'POST', body: new URLSearchParams({ transaction }) })
    expect(await answer.json()).toMatchObject({ token: expect.any(String) })
  })

  it('with the same signed challenge again gives the same token, not a second one', async () => {
    const { url } = await service()
    const { account, sign } = wallet()
    const transaction = await sign(await challengeOf(url, account))
    const tokenOf = async () => ((await (await post(url, transaction)).json()) as { token: string }).token
    const first = await tokenOf()
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect(await tokenOf()).toBe(first)
  })

  it('survives a restart, by the secret kept in the home', async () => {
    const first = await service()
    const token = await signedIn(first.url)
    await first.close()
    const second = await service({ home: first.home })
    await upload({ url: second.url, token, bytes: new Uint8Array(1) })
  })

  it.each(['', '\n', 'hunter2', '00'.repeat(32)])('does not begin with the secret %j in the home', async (secret) => {
    const home = await temporaryHome()
    await writeFile(join(home, 'secret'), secret)
    await expect(service({ home })).rejects.toMatchObject({ code: 'bad_secret' })
    await expect(service({ secretKey: secret })).rejects.toThrow('must be')
  })

  it('with the signature of somebody else is refused', async () => {
    const { url } = await service()
    const thief = wallet()
    const { account } = wallet()
    const refused = signIn({ url, account, networkPassphrase: PASSPHRASE, sign: thief.sign })
    await expect(refused).rejects.toMatchObject({ code: 'sign_in_refused' })
  })

  it('with a challenge that this service did not make is refused', async () => {
    const { url } = await service()
    const forger = Keypair.random()
    const { account, sign } = wallet()
    const forged = WebAuth.buildChallengeTx(forger, account, 'localhost', 300, PASSPHRASE, 'localhost')
    expect((await post(url, await sign(forged))).status).toBe(401)
    expect((await post(url, await challengeOf(url, account))).status).toBe(401)
    for (const nonsense of ['', 'AAAA', 7, undefined])
      expect((await post(url, nonsense)).status).toBeGreaterThanOrEqual(400)
  })

  it.each(['', 'G123', 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC', `M${'A'.repeat(68)}`])(
    'as %j is refused',
    async (account) => {
      const { url } = await service()
      const answer = await fetch(`${url}/auth?account=${account}`)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'bad_request' })
    },
  )
})

describe('before the wallet signs', () => {
  it('a name that the service does not answer for is refused by the service', async () => {
    const { url } = await service({ homeDomains: ['ipfs.example.org'] })
    const { account, sign, asked } = wallet()
    const refused = signIn({ url, account, networkPassphrase: PASSPHRASE, sign })
    await expect(refused).rejects.toMatchObject({
      code: 'sign_in_refused',
      message: expect.stringContaining('HOME_DOMAIN'),
    })
    const homeDomain = 'ipfs.example.org'
    await signIn({ url, account, networkPassphrase: PASSPHRASE, sign, homeDomain })
    expect(asked).toHaveLength(1)
  })

  it('another network is noticed', async () => {
    const { url } = await service()
    const { account, sign, asked } = wallet()
    const refused = signIn({ url, account, networkPassphrase: Networks.PUBLIC, sign })
    await expect(refused).rejects.toMatchObject({ code: 'bad_sign_in' })
    expect(asked).toHaveLength(0)
  })

  const attacks: [string, (server: Keypair, account: string) => string][] = [
    ['a payment', (server, account) => transactionOf(server, account, '-1', true)],
    ['a sequence number that could be used', (server, account) => transactionOf(server, account, '41', false)],
    [
      "another service's challenge",
      (server, account) => WebAuth.buildChallengeTx(server, account, 'bank.example', 300, PASSPHRASE, 'bank.example'),
    ],
    [
      'a challenge to be used elsewhere',
      (server, account) => WebAuth.buildChallengeTx(server, account, 'localhost', 300, PASSPHRASE, 'bank.example'),
    ],
    [
      'a challenge for another account',
      (server) =>
        WebAuth.buildChallengeTx(server, Keypair.random().publicKey(), 'localhost', 300, PASSPHRASE, 'localhost'),
    ],
    ['a challenge without a web_auth_domain', (server, account) => transactionOf(server, account, '-1', false)],
    ['nonsense', () => 'AAAA'],
  ]
  it.each(attacks)('%s from a hostile service is not signed', async (_what, make) => {
    const server = Keypair.random()
    const { account, sign, asked } = wallet()
    const hostile = createServer((request, response) => {
      if (request.url!.includes('toml')) response.end(`SIGNING_KEY="${server.publicKey()}"\n`)
      else response.end(JSON.stringify({ transaction: make(server, account) }))
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void hostile.close().closeAllConnections())
    await new Promise((resolve) => hostile.once('listening', resolve))
    const url = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`
    const refused = signIn({ url, account, networkPassphrase: PASSPHRASE, sign })
    await expect(refused).rejects.toMatchObject({ code: 'bad_sign_in' })
    expect(asked).toHaveLength(0)
  })
})

function transactionOf(server: Keypair, account: string, sequence: string, pays: boolean): string {
  const value = Buffer.alloc(48, 7).toString('base64')
  const builder = new TransactionBuilder(new Account(server.publicKey(), sequence), {
    fee: '100',
    networkPassphrase: PASSPHRASE,
  }).addOperation(Operation.manageData({ name: 'localhost auth', value, source: account }))
  if (pays) builder.addOperation(Operation.bumpSequence({ bumpTo: '99999999', source: account }))
  const transaction = builder.setTimeout(300).build()
  transaction.sign(server)
  return transaction.toXDR()
}

describe('a token', () => {
  const send = (url: string, authorization: string | undefined) =>
    fetch(`${url}/v1/uploads`, { method: 'POST', body: 'x', headers: authorization ? { authorization } : {} })

  it('of this service alone lets upload', async () => {
    const { url } = await service()
    const other = await service()
    const mine = await signedIn(url)
    const { sub } = decodeJwt(mine)
    const unsigned = [
      { alg: 'none', typ: 'JWT' },
      { iss: 'localhost', sub, exp: 4_000_000_000 },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const weak = await new SignJWT({ sub: sub! })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('localhost')
      .setExpirationTime('1h')
      .sign(Buffer.from(await (await fetch(`${url}/.well-known/jwks.json`)).text()))
    for (const token of [
      undefined,
      'Basic x',
      'Bearer x.y.z',
      `Bearer ${unsigned}.`,
      `Bearer ${weak}`,
      `Bearer ${await signedIn(other.url)}`,
    ]) {
      const answer = await send(url, token)
      expect(answer.status, token).toBe(401)
      expect(await answer.json()).toMatchObject({ code: 'signed_out' })
    }
    expect((await send(url, `Bearer ${mine}`)).status).toBe(201)
  })
})
