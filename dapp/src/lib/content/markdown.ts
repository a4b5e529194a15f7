/** Makers' Markdown as safe HTML: whatever the text makes of itself, only these tags and attributes reach the page. */
import DOMPurify from 'dompurify'
import { markdownHtml } from './markdown-html.ts'

const TAGS =
  'p h2 h3 h4 h5 h6 ul ol li strong em del code pre blockquote a table thead tbody tr th td hr br sup span'.split(' ')

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return
  node.setAttribute('rel', 'noopener noreferrer nofollow')
  if (node.classList.contains('outside')) node.setAttribute('target', '_blank')
})

export function renderMarkdown(text: string): string {
  return DOMPurify.sanitize(markdownHtml(text), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', 'start', 'align', 'class', 'data-lang'],
    ALLOW_DATA_ATTR: false,
    // Their values are no addresses, and are not held against the rule for those.
    ADD_URI_SAFE_ATTR: ['start', 'data-lang'],
    ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:|#|\/(?![/\\]))/i,
  })
}
