/** Unicode that looks like something else, and masks that hold more than they should: the same in every format. */

import { type Case, join, masks, utf8 } from './common.fixture.ts'

const rows = (second: string): string => `id,p,label\n1,0.5,cat\n${second}\n`
const unknown = ['unknown_label', 3, 'label'] as const
const notNumber = ['not_a_number', 3, 'p'] as const
const mask = (text: string): string => `id,p\n1,${text}\n`
const badMask = ['bad_mask', 2, 'p'] as const

export const unicode: readonly Case[] = [
  ['a zero-width space in a label', rows('2,1,d\u200bog'), unknown],
  ['a zero-width joiner', rows('2,1,dog\u200d'), unknown],
  ['a soft hyphen', rows('2,1,d\u00adog'), unknown],
  ['text from right to left', rows('2,1,\u202egod'), unknown],
  ['a Cyrillic letter that looks Latin', rows('2,1,с\u0430t'), unknown],
  ['full-width letters', rows('2,1,ｄｏｇ'), unknown],
  ['a no-break space behind a label', rows('2,1,dog\u00a0'), unknown],
  ['a variation selector', rows('2,1,dog\ufe0f'), unknown],
  ['a tag character', rows('2,1,dog\u{e0041}'), unknown],
  ['a noncharacter', rows('2,1,\uffff'), unknown],
  ['a private character', rows('2,1,\ue000'), unknown],
  ['a next-line character', rows('2,1,dog\u0085'), unknown],
  ['a line separator', rows('2,1,dog\u2028'), unknown],
  ['a thousand combining marks', rows(`2,1,e${'\u0301'.repeat(1000)}`), unknown],
  ['a second byte-order mark', `\ufeff\ufeff${rows('2,1,dog')}`, ['unexpected_column', 1, '#1']],
  ['a byte-order mark in an id is another id', rows('\ufeff1,1,dog'), 'fine'],
  ['full-width digits', rows('2,１,dog'), notNumber],
  ['Arabic digits', rows('2,٣,dog'), notNumber],
  ['a minus sign that is none', rows('2,\u22121,dog'), notNumber],
  ['a hyphen that is none', rows('2,\u20101,dog'), notNumber],
  ['a no-break space in a number', rows('2,1\u00a0000,dog'), notNumber],
  ['a middle dot as a point', rows('2,1·5,dog'), notNumber],
  ['a fraction', rows('2,½,dog'), notNumber],
  ['a superscript', rows('2,1²,dog'), notNumber],
  ['a Roman numeral', rows('2,Ⅳ,dog'), notNumber],
  ['infinity as a sign', rows('2,∞,dog'), notNumber],
  ['a zero-width space in a number', rows('2,1\u200b,dog'), notNumber],
  ['a full-width comma', 'id，p，label\n1，1，cat\n', ['unexpected_column', 1, '#1']],
  ['curly quotes', rows('2,1,“dog”'), unknown],
  [
    'a sixth byte of UTF-8',
    join(utf8('id,p,label\n1,1,'), [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80]),
    ['bad_utf8', 2, 'label'],
  ],
  ['a byte that never occurs', join(utf8('id,p,label\n1,1,'), [0xff]), ['bad_utf8', 2, 'label']],
  ['CESU-8', join(utf8('id,p,label\n1,1,'), [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]), ['bad_utf8', 2, 'label']],
  ['Java’s NUL', join(utf8('id,p,label\n1,1,'), [0xc0, 0x80]), ['bad_utf8', 2, 'label']],
  ['UTF-16 without a mark', join([...utf8('id,p\n')].flatMap((byte) => [byte, 0])), ['nul_byte', 1, '#1']],
  ['UTF-32', join([0xff, 0xfe, 0, 0, 105, 0, 0, 0]), ['wrong_format', null, null]],
]

export const runs: readonly Case[] = [
  ['a mask', mask('1 4 11 2'), 'fine', masks],
  ['a run of 2^47 pixels', mask(`1 ${2 ** 47}`), 'fine', masks],
  ['a run of 10^15 pixels', mask('1 1000000000000000'), badMask, masks],
  ['a run of 2^64 pixels', mask('1 18446744073709551616'), badMask, masks],
  ['runs that add up beyond what there is', mask(`1 ${2 ** 47} ${2 ** 47 + 1} ${2 ** 47}`), badMask, masks],
  ['a start of 0', mask('0 4'), badMask, masks],
  ['a length of 0', mask('1 0'), badMask, masks],
  ['a negative start', mask('-1 4'), badMask, masks],
  ['overlapping runs', mask('1 4 3 2'), badMask, masks],
  ['descending runs', mask('9 2 1 2'), badMask, masks],
  ['a start without a length', mask('1 4 9'), badMask, masks],
  ['two spaces', mask('1  4'), badMask, masks],
  ['a space at the end', mask('1 4 '), badMask, masks],
  ['a fraction', mask('1.0 4'), badMask, masks],
  ['an exponent', mask('1e0 4'), badMask, masks],
  ['a hundred zeros in front', mask(`${'0'.repeat(100)}1 4`), badMask, masks],
  ['COCO’s compressed form', mask('aWl0'), badMask, masks],
  [
    'a million runs of one pixel',
    mask(Array.from({ length: 500_000 }, (_, i) => `${2 * i + 1} 1`).join(' ')),
    ['field_too_long', 2, 'p'],
    masks,
  ],
  [
    '300,000 runs of one pixel',
    mask(Array.from({ length: 300_000 }, (_, i) => `${2 * i + 1} 1`).join(' ')),
    'fine',
    masks,
  ],
  ['a list of a mask in JSON', '{"id":1,"p":[1,4,11,2]}\n', 'fine', masks],
  ['a list of no mask in JSON', '{"id":1,"p":[0,4]}\n', ['bad_mask', 1, 'p'], masks],
]
