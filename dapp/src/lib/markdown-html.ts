/**
 * Makers' Markdown as HTML in which nothing they wrote is missing: raw HTML stands as text, an image is a link with its text,
 * and a link that leads elsewhere says so. Formulas are shown as their source: a typesetter would weigh more than the page.
 * Pure; `markdown.ts` sanitises what comes out.
 */
import { Marked, type RendererObject, type TokenizerAndRendererExtension, type TokenizerObject } from 'marked'

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`)

export type LinkKind = 'inside' | 'outside' | 'refused'

/** `//host` and `/\host` lead to another site although they look like a path of this one. */
export function linkKind(href: string): LinkKind {
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

/** A page has one first heading, its own: the text's headings stand one level below what they say. */
const renderer: RendererObject = {
  heading({ tokens, depth }) {
    const level = Math.min(6, depth + 1)
    return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`
  },
  link({ href, tokens }) {
    return linkHtml(href, this.parser.parseInline(tokens))
  },
  image({ href, text }) {
    return linkHtml(href, `Image: ${escapeHtml(text || href)}`)
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
  start: (source) => /^ {0,3}\[\^/m.exec(source)?.index,
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

/** As Pandoc has it: no space inside the signs, no digit behind, so that "$5 and $10" stays money. */
const formula: TokenizerAndRendererExtension = {
  name: 'formula',
  level: 'inline',
  start: (source) => source.search(/\$|\\[([]/),
  tokenizer(source) {
    const match = /^\$\$([^$]+?)\$\$|^\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)|^\\\((.+?)\\\)|^\\\[([\s\S]+?)\\\]/.exec(source)
    if (!match) return undefined
    const text = match[1] ?? match[2] ?? match[3] ?? match[4] ?? ''
    return { type: 'formula', raw: match[0], text: text.trim() }
  },
  renderer: (token) => `<code class="formula">${escapeHtml(String(token.text))}</code>`,
}

const marked = new Marked({ gfm: true, breaks: false, renderer, tokenizer }).use({
  extensions: [footnote, footnoteMark, formula],
})

export const markdownHtml = (text: string): string => marked.parse(text, { async: false })
