/**
 * Makers' Markdown as HTML in which nothing they wrote is missing: raw HTML stands as text, an image is a link with its text,
 * and a link that leads elsewhere says so. Formulas are shown as their source: a typesetter would weigh more than the page.
 * Pure; `markdown.ts` sanitises what comes out.
 */
import {
  Lexer,
  Marked,
  type RendererObject,
  type Token,
  type TokenizerAndRendererExtension,
  type TokenizerObject,
} from 'marked'

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`)

export type LinkKind = 'inside' | 'outside' | 'refused'

/**
 * `//host` and `/\host` lead to another site although they look like a path of this one, and so does `/<tab>/host`:
 * a browser drops tabs and line breaks before it reads an address.
 */
export function linkKind(written: string): LinkKind {
  const href = written.replace(/[\p{Cc}\s]/gu, '')
  if (/^(#|\/(?![/\\]))/.test(href)) return 'inside'
  return /^(https?:\/\/|mailto:)/i.test(href) ? 'outside' : 'refused'
}

function linkHtml(href: string, label: string): string {
  switch (linkKind(href)) {
    case 'inside':
      return `<a href="${escapeHtml(href)}">${label}</a>`
    case 'outside':
      return `<a href="${escapeHtml(href)}" class="outside" target="_blank">${label}<span class="sr-only"> (leads to another site)</span></a>`
    case 'refused':
      return `${label} (<code>${escapeHtml(href)}</code>)`
  }
}

/** HTML knows no link inside a link: while the text of one is written, another link or an image is its text only. */
let insideLink = false

/** A page has one first heading, its own: the text's headings stand one level below what they say. */
const renderer: RendererObject = {
  heading({ tokens, depth }) {
    const level = Math.min(6, depth + 1)
    return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`
  },
  link({ href, tokens }) {
    if (insideLink) return this.parser.parseInline(tokens)
    insideLink = true
    try {
      return linkHtml(href, this.parser.parseInline(tokens))
    } finally {
      insideLink = false
    }
  },
  image({ href, text }) {
    const label = `Image: ${escapeHtml(text || href)}`
    return insideLink ? label : linkHtml(href, label)
  },
  checkbox({ checked }) {
    return checked ? '☑ ' : '☐ '
  },
  code({ text, lang }) {
    const language = lang?.match(/^[\w+#.-]+/)?.[0]
    return `<pre${language ? ` data-lang="${escapeHtml(language)}"` : ''}><code>${escapeHtml(text)}</code></pre>\n`
  },
}

/** No token for raw HTML: what looks like a tag is text, and the Markdown around it still counts. */
const tokenizer: TokenizerObject = { html: () => undefined, tag: () => undefined }

const footnote: TokenizerAndRendererExtension = {
  name: 'footnote',
  level: 'block',
  // Asked at each paragraph: where it looks beyond the blank line, a long text is read once for each.
  start(source) {
    const end = source.indexOf('\n\n')
    return /^ {0,3}\[\^/m.exec(end < 0 ? source : source.slice(0, end))?.index
  },
  tokenizer(source) {
    const match = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]+((?:[^\n]+)(?:\n[ \t]+[^\n]+)*)(?:\n+|$)/.exec(source)
    if (!match) return undefined
    return { type: 'footnote', raw: match[0], name: match[1], tokens: this.lexer.inlineTokens(match[2] ?? '') }
  },
  renderer(token) {
    return `<p class="footnote"><sup>${escapeHtml(String(token.name))}</sup> ${this.parser.parseInline(token.tokens ?? [])}</p>\n`
  },
}

const footnoteMark: TokenizerAndRendererExtension = {
  name: 'footnoteMark',
  level: 'inline',
  start: (source) => source.indexOf('[^'),
  tokenizer(source) {
    const match = /^\[\^([^\]\s]+)\](?!:)/.exec(source)
    return match ? { type: 'footnoteMark', raw: match[0], name: match[1] } : undefined
  },
  renderer: (token) => `<sup>${escapeHtml(String(token.name))}</sup>`,
}

/**
 * At most 500 characters, up to the first sign that is not escaped: a second opener ends the search, so that it stays linear.
 * Between single dollars as Pandoc has it: no space inside the signs and no word touching them outside, so that
 * "$5 and $10" stays money and "$HOME/$USER" a path.
 */
const FORMULAS = [
  /^\$\$((?:[^$\\]|\\[\s\S]){1,500})\$\$/,
  /^\$(?![\s$])((?:[^$\\\n]|\\[^\n]){1,500})(?<!\s)\$(?![\p{L}\p{N}_])/u,
  /^\\\(((?:[^\\\n]|\\[^()\n]){1,500})\\\)/,
  /^\\\[((?:[^\\]|\\[^[\]]){1,500})\\\]/,
]

const formula: TokenizerAndRendererExtension = {
  name: 'formula',
  level: 'inline',
  start: (source) => source.search(/\$|\\[([]/),
  tokenizer(source, tokens) {
    if (source[0] === '$' && /[\p{L}\p{N}_\\]$/u.test(tokens.at(-1)?.raw.slice(-2) ?? '')) return undefined
    const match = source[0] === '$' || source[0] === '\\' ? firstMatch(source) : null
    return match ? { type: 'formula', raw: match[0], text: match[1]?.trim() } : undefined
  },
  renderer: (token) => `<code class="formula">${escapeHtml(String(token.text))}</code>`,
}

function firstMatch(source: string): RegExpExecArray | null {
  for (const pattern of FORMULAS) {
    const match = pattern.exec(source)
    if (match) return match
  }
  return null
}

const marked = new Marked({ gfm: true, breaks: false, renderer, tokenizer }).use({
  extensions: [footnote, footnoteMark, formula],
})

/** What makes the reader of inline Markdown look ahead or back; its work grows with the square of their number, or faster. */
const DELIMITER = /[*_~`[\]<>\\$!@&]|:\/\/|www\.|\n/g
const DELIMITERS_PER_PARAGRAPH = 200
const DELIMITERS = 4000

/** Shows a paragraph as it was typed where reading it would cost too much: a page has to open whatever its text is. */
class BoundedLexer extends Lexer {
  #depth = 0
  #left = DELIMITERS

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#depth === 0) {
      const count = source.match(DELIMITER)?.length ?? 0
      if (count > Math.min(DELIMITERS_PER_PARAGRAPH, this.#left)) {
        tokens.push({ type: 'text', raw: source, text: source, escaped: false })
        return tokens
      }
      this.#left -= count
    }
    this.#depth += 1
    try {
      return super.inlineTokens(source, tokens)
    } finally {
      this.#depth -= 1
    }
  }
}

/** More quotes and lists inside each other than anyone reads (not a rule of dashes); the parser calls itself once for each. */
const TOO_DEEP = /^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]{0,8}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){25}/m

const asTyped = (text: string): string => `<pre>${escapeHtml(text)}</pre>\n`

/** Never throws: what the parser gives up on is shown as it was typed. */
export function markdownHtml(text: string): string {
  if (TOO_DEEP.test(text)) return asTyped(text)
  try {
    return marked.parser(new BoundedLexer(marked.defaults).lex(text))
  } catch {
    return asTyped(text)
  }
}
