/** The options that every service has. */
import { LEVELS } from '../log/log.ts'
import { defaulted } from './options.ts'
import { oneOf, text, whole } from './parsers.ts'

export const commonOptions = (port: number) => ({
  host: defaulted('HOST', text, '127.0.0.1', 'the address to listen on; `0.0.0.0` for every interface'),
  port: defaulted('PORT', whole(0, 65_535), port, 'the port; 0 takes a free one'),
  logLevel: defaulted('LOG_LEVEL', oneOf(LEVELS), 'info', `the least important lines that are logged: ${levels}`),
})

const levels = LEVELS.map((level) => `\`${level}\``).join(', ')
