/** The options that every service has. */
import { LEVELS } from '../log/log.ts'
import { defaulted, optional } from './options.ts'
import { httpUrl, oneOf, text, whole } from './parsers.ts'

export const commonOptions = (port: number) => ({
  host: defaulted('HOST', text, '127.0.0.1', 'the address to listen on; `0.0.0.0` for every interface'),
  port: defaulted('PORT', whole(0, 65_535), port, 'the port; 0 takes a free one'),
  logLevel: defaulted('LOG_LEVEL', oneOf(LEVELS), 'info', `the least important lines that are logged: ${levels}`),
  tracesUrl: optional(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    httpUrl,
    'the OpenTelemetry collector that gets traces, by OTLP over HTTP: `http://127.0.0.1:4318`',
    { shown: 'no traces' },
  ),
})

const levels = LEVELS.map((level) => `\`${level}\``).join(', ')
