/** A signature is asked for what the call says and the payment that was shown, and for nothing that a token or a gate adds. */
import { Address, type Keypair, nativeToScVal, xdr } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  checkAuthorization,
  invoke,
  keypairSigner,
  readAccount,
  type Signer,
  submit,
  type Transfer,
  topUp,
  UnexpectedAuthorization,
  view,
  views,
} from '../index.ts'
import { cidOf, type Fixture, startFixture } from '../testing/fixture.ts'
import { deployWasm, gateWasm } from '../testing/wasm.ts'

let f: Fixture
let maker: Keypair
let oracle: Keypair
beforeAll(async () => {
  f = await startFixture()
  maker = await f.person()
  oracle = await f.oracle()
})
afterAll(() => f.close())

const quick = { pollMs: 20 }

/** Signs, and counts how often it was asked. */
function counting(pair: Keypair): Signer & { asked: number } {
  const signer = keypairSigner(pair)
  return {
    address: signer.address,
    asked: 0,
    sign(envelope, request) {
      this.asked++
      return signer.sign(envelope, request)
    },
  }
}

const work = (solver: Signer, challenge: number, carry = 0n) => ({
  solver: solver.address,
  challenge,
  attempt: 1,
  cid: cidOf(7),
  commitment: cidOf(8).digest,
  units: 0,
  carry,
})

test('deposit and carried fee, as shown or as the terms say, are signed for', async () => {
  const challenge = await f.challenge(maker, [oracle], { deposit: 5_000n })
  const [one, two] = (await f.people(2)).map(counting)
  await invoke(f.chain, submit(work(one!, challenge, 70n)), one!, quick)
  const shown = { token: f.xlm, amount: 5_070n }
  await invoke(f.chain, submit(work(two!, challenge, 70n), shown), two!, quick)
  expect((await view(f.chain, views.state({ challenge }))).submitted).toBe(2)
})

test.each([
  ['less', { amount: 4_999n }],
  ['nothing', { amount: 0n }],
  ['another token', { token: 'CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAD2KM' }],
])('where %s was shown than the challenge takes, nothing is signed', async (_, change) => {
  const challenge = await f.challenge(maker, [oracle], { deposit: 5_000n })
  const solver = counting(await f.person())
  const before = (await readAccount(f.chain, solver.address))!.balance
  const call = submit(work(solver, challenge), { token: f.xlm, amount: 5_000n, ...change })
  await expect(invoke(f.chain, call, solver, quick)).rejects.toMatchObject({
    code: 'unexpected_authorization',
    asked: [{ method: 'submit', calls: [{ contract: f.xlm, method: 'transfer', calls: [] }] }],
  })
  expect(solver.asked).toBe(0)
  expect((await readAccount(f.chain, solver.address))!.balance).toBe(before)
})

test('a gate that only admits is no hindrance; one that wants a signature for itself gets none', async () => {
  const plain = await deployWasm(f.chain, await gateWasm(false), maker)
  const greedy = await deployWasm(f.chain, await gateWasm(true), maker)
  const solver = counting(await f.person())
  const open = await f.challenge(maker, [oracle], { gate: plain })
  await invoke(f.chain, submit(work(solver, open)), solver, quick)
  expect(solver.asked).toBe(1)

  const trap = await f.challenge(maker, [oracle], { gate: greedy })
  const trying = invoke(f.chain, submit(work(solver, trap)), solver, quick)
  await expect(trying).rejects.toBeInstanceOf(UnexpectedAuthorization)
  await expect(trying).rejects.toThrow(`${greedy}.admits(${trap}, ${solver.address})`)
  await expect(trying).rejects.toMatchObject({ asked: [{ calls: [{ contract: greedy, method: 'admits' }] }] })
  expect(solver.asked).toBe(1)
})

test('adding money signs for its sum', async () => {
  const challenge = await f.challenge(maker, [oracle])
  const from = counting(await f.person())
  await invoke(f.chain, topUp({ from: from.address, challenge, escrow: 0n, fees: 12n }), from, quick)
  expect(from.asked).toBe(1)
})

test('trees are compared to the last leaf', () => {
  const [contract, token] = [f.chain.network.contract, f.xlm]
  const from = maker.publicKey()
  const transfer: Transfer = { token, from, to: contract, amount: 5n }
  const args = [nativeToScVal(1, { type: 'u32' })]
  const call = { contract, method: 'submit', args }
  const pay = ({ token, from, to, amount }: Transfer, below: xdr.SorobanAuthorizedInvocation[] = []) =>
    node(
      token,
      'transfer',
      [new Address(from).toScVal(), new Address(to).toScVal(), nativeToScVal(amount, { type: 'i128' })],
      below,
    )
  const check = (roots: xdr.SorobanAuthorizedInvocation[], expected: Transfer[]) => () =>
    checkAuthorization(roots.map(entryOf), call, expected)
  const root = (below: xdr.SorobanAuthorizedInvocation[], method = 'submit') => node(contract, method, args, below)

  expect(check([], [])).not.toThrow()
  expect(check([root([])], [{ ...transfer, amount: 0n }])).not.toThrow()
  expect(check([root([pay(transfer)])], [transfer])).not.toThrow()
  const refused: [xdr.SorobanAuthorizedInvocation[], Transfer[]][] = [
    [[], [transfer]],
    [[root([])], [transfer]],
    [[root([pay(transfer)])], []],
    [[root([pay(transfer), pay(transfer)])], [transfer]],
    [[root([pay({ ...transfer, amount: 6n })])], [transfer]],
    [[root([pay({ ...transfer, to: token })])], [transfer]],
    // A token whose own transfer takes something else as well.
    [[root([pay(transfer, [pay({ ...transfer, to: token })])])], [transfer]],
    [[root([pay(transfer)]), pay(transfer)], [transfer]],
    // A hostile token in a call that nobody has to sign.
    [[pay(transfer)], []],
    [[root([pay(transfer)], 'top_up')], [transfer]],
  ]
  for (const [roots, expected] of refused) expect(check(roots, expected)).toThrow(UnexpectedAuthorization)
})

function node(contract: string, method: string, args: xdr.ScVal[], subInvocations: xdr.SorobanAuthorizedInvocation[]) {
  return new xdr.SorobanAuthorizedInvocation({
    function: xdr.SorobanAuthorizedFunction.sorobanAuthorizedFunctionTypeContractFn(
      new xdr.InvokeContractArgs({ contractAddress: new Address(contract).toScAddress(), functionName: method, args }),
    ),
    subInvocations,
  })
}

const entryOf = (rootInvocation: xdr.SorobanAuthorizedInvocation) =>
  new xdr.SorobanAuthorizationEntry({
    credentials: xdr.SorobanCredentials.sorobanCredentialsSourceAccount(),
    rootInvocation,
  })
