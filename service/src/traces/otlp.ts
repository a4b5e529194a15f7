/** Spans as OpenTelemetry's OTLP over HTTP has them in JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp */

export type Attributes = Readonly<Record<string, string | number | boolean>>

/** As OTLP numbers them. */
export const KIND = { internal: 1, server: 2, client: 3 } as const

export type Span = {
  /** 16 and 8 bytes in hexadecimal. */
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly kind: (typeof KIND)[keyof typeof KIND]
  name: string
  attributes: Attributes
  /** Milliseconds since 1970, and how long it took. */
  readonly startMs: number
  durationMs: number
  /** Of an error that ended it. */
  failed: string | undefined
}

/** The body of one request to `/v1/traces`. */
export function encodeSpans(spans: readonly Span[], resource: Attributes): object {
  const scope = { name: 'stellartrain' }
  return {
    resourceSpans: [
      { resource: { attributes: pairs(resource) }, scopeSpans: [{ scope, spans: spans.map(encodeSpan) }] },
    ],
  }
}

function encodeSpan({ traceId, spanId, parentSpanId, kind, name, attributes, startMs, durationMs, failed }: Span) {
  return {
    ...{ traceId, spanId, kind, name, attributes: pairs(attributes) },
    ...(parentSpanId !== undefined && { parentSpanId }),
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(startMs + durationMs),
    // 2 is an error; without a status it is not set.
    ...(failed !== undefined && { status: { code: 2, message: failed } }),
  }
}

/** A 64-bit number is a string in JSON. */
const nanoseconds = (milliseconds: number) => String(BigInt(Math.round(milliseconds * 1000)) * 1000n)

function pairs(attributes: Attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: encodeValue(value) }))
}

function encodeValue(value: string | number | boolean) {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}
