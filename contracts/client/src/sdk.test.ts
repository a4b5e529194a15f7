/** Whoever has only the public Stellar SDK reads everything from the specification inside the deployed wasm. */
import { nativeToScVal, type xdr } from '@stellar/stellar-sdk/base'
import { Client } from '@stellar/stellar-sdk/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  CONTRACT_ERRORS,
  decodeBody,
  EVENT_TYPES,
  EVENT_VERSION,
  postScores,
  RECORDS_ERRORS,
  readEventPage,
  view,
  views,
} from './index.ts'
import { recordsSpec } from './periphery/records.ts'
import { cidOf, type Fixture, scoredVote, startFixture } from './testing/fixture.ts'

let f: Fixture
let client: Client
beforeAll(async () => {
  f = await startFixture()
  const { contract: contractId, passphrase: networkPassphrase, rpcUrl } = f.chain.network
  client = await Client.from({ contractId, networkPassphrase, rpcUrl, allowHttp: true })
})
afterAll(() => f.close())

const words = (cases: ReturnType<Client['spec']['errorCases']>) =>
  Object.fromEntries(cases.map((line) => [line.value, { name: String(line.name), sentence: String(line.doc) }]))

test('our tables of errors are those of the wasm that runs', () => {
  expect(CONTRACT_ERRORS).toEqual(words(client.spec.errorCases()))
  // Below our numbers are those of a library, which our contract never raises.
  expect(RECORDS_ERRORS).toEqual(
    words(
      recordsSpec()
        .errorCases()
        .filter((line) => line.value >= 1_100),
    ),
  )
})

test('so are the events, their topics and their version', async () => {
  const declared = client.spec.events()
  expect([...EVENT_TYPES].sort()).toEqual(declared.map((event) => String(event.prefixTopics[0])).sort())
  expect((await view(f.chain, views.config())).event_version).toBe(EVENT_VERSION)
})

test('the SDK decodes our events, and refusals have their sentences', async () => {
  const [maker, solver] = await f.people(2)
  const oracle = await f.oracle()
  const challenge = await f.challenge(maker!, [oracle])
  await f.submit(challenge, solver!)
  const votes = [scoredVote(solver!, 9_500_000n, 1)]
  await f.act(postScores({ oracle: oracle.publicKey(), challenge, report: cidOf(9), votes, settle: true }), oracle)
  const { events } = await readEventPage(f.chain, { startLedger: 2 })
  const names = events.map((event) => {
    const parsed = client.spec.parseEvent(event.topic, event.value)
    expect(Object.keys(parsed!.data).sort()).toEqual(
      Object.keys(decodeBody(event.topic, event.value)!)
        .filter((key) => key !== 'type')
        .sort(),
    )
    return parsed!.name
  })
  expect(names).toEqual(['OracleRegistered', 'ChallengeCreated', 'ChallengeAccepted', 'Submitted', 'Scored'])
})

test('an event of each kind that the wasm declares is decoded by the SDK and by us, to the same fields', () => {
  for (const event of client.spec.events()) {
    const [topics, data] = ['scSpecEventParamLocationTopicList', 'scSpecEventParamLocationData'].map((place) =>
      event.params.filter(({ location }) => location.name === place),
    ) as [typeof event.params, typeof event.params]
    const sampled = ({ type }: (typeof data)[number]) => client.spec.nativeToScVal(sample(type), type)
    const topic = [
      ...event.prefixTopics.map((name) => nativeToScVal(String(name), { type: 'symbol' })),
      ...topics.map(sampled),
    ]
    const value = mapOf(Object.fromEntries(data.map((param) => [String(param.name), sampled(param)])))
    const [topicText, valueText] = [topic.map((one) => one.toXdr('base64')), value.toXdr('base64')]
    const told = client.spec.parseEvent(topicText, valueText)!
    expect(told.name).toBe(String(event.name))
    const { type, ...ours } = decodeBody(topicText, valueText)!
    expect(type).toBe(String(event.prefixTopics[0]))
    expect(Object.keys(ours).sort()).toEqual(Object.keys(told.data).sort())
    for (const { name, type } of event.params)
      if (type.type === 'scSpecTypeU32' || type.type === 'scSpecTypeI128' || type.type === 'scSpecTypeAddress')
        expect(String(ours[String(name) as keyof typeof ours]), `${event.name}.${name}`).toBe(
          String(told.data[String(name)]),
        )
  }
})

/** Some value of a type of the specification. */
function sample(type: xdr.ScSpecTypeDef): unknown {
  switch (type.type) {
    case 'scSpecTypeBool':
      return true
    case 'scSpecTypeU32':
      return 1
    case 'scSpecTypeU64':
    case 'scSpecTypeI64':
    case 'scSpecTypeI128':
      return 7n
    case 'scSpecTypeString':
      return 'https://oracle.example'
    case 'scSpecTypeAddress':
      return f.chain.network.contract
    case 'scSpecTypeBytes':
      return Buffer.alloc(5, 7)
    case 'scSpecTypeBytesN':
      return Buffer.alloc(type.bytesN.n, 7)
    case 'scSpecTypeOption':
      return sample(type.option.valueType)
    case 'scSpecTypeVec':
      return [sample(type.vec.elementType)]
    case 'scSpecTypeUdt':
      return sampleOf(String(type.udt.name))
    default:
      throw new Error(`the events have a type of another kind now: ${type.type}`)
  }
}

function sampleOf(name: string): unknown {
  const entry = client.spec.findEntry(name)
  switch (entry.type) {
    case 'scSpecEntryUdtStructV0': {
      const fields = entry.udtStructV0.fields.map((field) => [String(field.name), sample(field.type)] as const)
      return fields[0]?.[0] === '0' ? fields.map(([, value]) => value) : Object.fromEntries(fields)
    }
    case 'scSpecEntryUdtUnionV0': {
      const [first] = entry.udtUnionV0.cases
      if (first?.type === 'scSpecUdtUnionCaseTupleV0')
        return { tag: String(first.tupleCase.name), values: first.tupleCase.type.map(sample) }
      return { tag: String(first!.voidCase.name), values: undefined }
    }
    case 'scSpecEntryUdtEnumV0':
      return entry.udtEnumV0.cases[0]!.value
    default:
      throw new Error(`${name} is of another kind now: ${entry.type}`)
  }
}

function mapOf(fields: Record<string, xdr.ScVal>): xdr.ScVal {
  return nativeToScVal(new Map(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))), {
    type: Object.fromEntries(Object.keys(fields).map((key) => [key, ['symbol', null]])),
  } as never)
}
