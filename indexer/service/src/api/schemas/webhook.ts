/** Webhooks as their owners see them. */
import { z } from '@hono/zod-openapi'
import { problemOfUrl } from '../../webhooks/url.ts'
import { Address, EventId, orNull, Time } from './common.ts'
import { EVENT_ID, EventType } from './event.ts'

/** @param allowPrivate whether the operator allows receivers in private networks */
export function webhookBodies(allowPrivate: boolean) {
  const url = z
    .string()
    .superRefine((text, context) => {
      const problem = problemOfUrl(text, allowPrivate)
      if (problem) context.addIssue({ code: 'custom', message: problem })
    })
    .openapi({ type: 'string', format: 'uri', description: 'Where to send to, by https.' })
  const facts = {
    description: z
      .string()
      .max(200)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused, since no column takes a NUL.
      .regex(/^[^\u0000-\u001f\u007f]*$/, 'must hold no control characters'),
    types: z.array(EventType).max(40).openapi({ description: 'Which events; empty: all.' }),
    challenges: z
      .array(z.int().min(1).max(4_294_967_295))
      .max(100)
      .openapi({ description: 'Events of these challenges; empty: of all.' }),
    about: orNull(Address).openapi({
      description:
        'Events that concern this account: they name it, decide on its submissions, or are of challenges that it made. null: all.',
    }),
  }
  const after = z.string().regex(EVENT_ID, 'must be the id of an event')
  return {
    Create: z
      .strictObject({
        url,
        description: facts.description.default(''),
        types: facts.types.default([]),
        challenges: facts.challenges.default([]),
        about: facts.about.default(null),
        after: after.optional().openapi({ description: 'Begin behind this event; left out: with what comes next.' }),
      })
      .openapi('WebhookCreate'),
    Change: z
      .strictObject({
        url: url.optional(),
        description: facts.description.optional(),
        types: facts.types.optional(),
        challenges: facts.challenges.optional(),
        about: facts.about.optional(),
        state: z.enum(['active', 'disabled']).optional(),
      })
      .openapi('WebhookChange'),
    Replay: z
      .strictObject({ after: after.openapi({ description: 'Everything behind this event is sent again.' }) })
      .openapi('WebhookReplay'),
  }
}

export const Webhook = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    types: z.array(EventType),
    challenges: z.array(z.int()),
    about: orNull(Address),
    state: z.enum(['active', 'disabled']),
    reason: z.string().nullable().openapi({ description: 'Why it is disabled.' }),
    proven: z.boolean().openapi({ description: 'It has taken a message, the first of which is a ping.' }),
    createdAt: Time,
    after: EventId.openapi({ description: 'The last event that was delivered or passed over.' }),
    attempts: z.int().openapi({ description: 'That failed in a row.' }),
    failingSince: orNull(Time),
    nextTryAt: orNull(Time),
  })
  .openapi('Webhook')

export const WebhookSecret = z
  .object({
    secret: z.string().openapi({
      description: 'Verifies what it is sent (Standard Webhooks, `v1`). Shown this once.',
      example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    }),
  })
  .openapi('WebhookSecret')

export const NewWebhook = Webhook.extend(WebhookSecret.shape).openapi('NewWebhook')

export const Webhooks = z.object({ data: z.array(Webhook) }).openapi('Webhooks')

export const WebhookDelivery = z
  .object({
    message: z.string().openapi({ description: 'The `webhook-id` that it was sent with.' }),
    type: z.string(),
    event: orNull(EventId).openapi({ description: 'null: a ping.' }),
    attempt: z.int(),
    at: Time,
    delivered: z.boolean(),
    status: z.int().nullable().openapi({ description: 'Of the answer; null: none came.' }),
    error: z.string().nullable(),
    milliseconds: z.int(),
  })
  .openapi('WebhookDelivery')

export const WebhookDeliveries = z.object({ data: z.array(WebhookDelivery) }).openapi('WebhookDeliveries')

export const WithWebhook = z.object({
  id: z.uuid('must be the id of a webhook').openapi({ param: { name: 'id', in: 'path' } }),
})
