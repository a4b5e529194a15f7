/** Makers' Markdown as safe HTML: no raw HTML, no images from elsewhere, links that leave say so. */
import DOMPurify from 'dompurify'
import { Marked, type RendererObject } from 'marked'

/** A page has one first heading, its own: the text's headings stand one level below what they say. */
const renderer: RendererObject = {
  html: () => '',
  heading({ tokens, depth }) {
    const level = Math.min(6, depth + 1)
    return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`
  },
}

const marked = new Marked({ gfm: true, breaks: false, renderer })

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName === 'A') node.setAttribute('rel', 'noopener noreferrer nofollow')
})

export function renderMarkdown(text: string): string {
  const html = marked.parse(text, { async: false })
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS:
      'p h2 h3 h4 h5 h6 ul ol li strong em del code pre blockquote a table thead tbody tr th td hr br'.split(' '),
    ALLOWED_ATTR: ['href', 'start', 'align'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#|\/)/i,
  })
}
