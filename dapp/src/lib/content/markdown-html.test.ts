import { describe, expect, it } from 'vitest'
import { leastRatio } from '../../../../oracle/grade/src/testing/cpu-time.ts'
import { linkKind, markdownHtml } from './markdown-html.ts'

const text = (markdown: string) =>
  markdownHtml(markdown)
    .replace(/<[^>]+>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')

describe("a maker's Markdown", () => {
  it('shows raw HTML as text and swallows nothing after it', () => {
    expect(text('<details>hidden text</details> after details')).toContain(
      '<details>hidden text</details> after details',
    )
    const lines = '<img src="x" onerror="alert(1)">\n[one](https://a.example)\n**two**\n- three'
    expect(text(lines)).toContain('<img src="x" onerror="alert(1)">')
    const html = markdownHtml(lines)
    expect(html).toContain('<a href="https://a.example"')
    expect(html).toContain('<strong>two</strong>')
    expect(html).toContain('<li>three</li>')
    expect(html).not.toMatch(/<(img|details|script|iframe|svg)/)
    expect(markdownHtml('a <script>alert(1)</script> b <!-- c --> d')).not.toMatch(/<script|<!--/)
  })
  it('keeps the text of an image, as a link that loads nothing', () => {
    expect(markdownHtml('![a leaf](https://a.example/leaf.png)')).toMatch(
      /<a href="https:..a.example.leaf.png"[^>]*>Image: a leaf/,
    )
    expect(text('![a leaf](data:image/png;base64,AA)')).toContain('Image: a leaf (data:image/png;base64,AA)')
  })
  it('keeps task boxes, footnotes, formulas and the language of code', () => {
    expect(text('- [x] done\n- [ ] open')).toMatch(/☑ done\s+☐ open/)
    expect(text('Known.[^1]\n\n[^1]: See [the paper](https://p.example), page 2.')).toMatch(
      /Known.1\s+1 See the paper.*, page 2/,
    )
    expect(text('x[^a]\n\n[^a]: https://only.example')).toContain('https://only.example')
    expect(markdownHtml('Let $a_1 * b_1 * c$ be.')).toContain('<code class="formula">a_1 * b_1 * c</code>')
    expect(text('$$\n\\sum_i x_i\n$$')).toContain('\\sum_i x_i')
    expect(markdownHtml('It costs $5 and then $10.')).not.toContain('<code')
    expect(markdownHtml('```python\nx = 1 < 2\n```')).toContain('<pre data-lang="python"><code>x = 1 &#60; 2')
  })
  it('marks links that leave and gives no life to those that only look harmless', () => {
    expect(['/challenges/1', '#rules', 'https://a', 'http://a', 'mailto:a@b'].map(linkKind)).toEqual([
      'inside',
      'inside',
      'outside',
      'outside',
      'outside',
    ])
    const bad = [
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      'data:text/html,x',
      'JaVaScRiPt:x',
      'ftp://x',
    ]
    for (const href of bad) expect(linkKind(href), href).toBe('refused')
    expect(markdownHtml('[x](//evil.example)')).not.toContain('<a')
    expect(text('[x](//evil.example)')).toContain('x (//evil.example)')
    expect(markdownHtml('[x](https://a.example)')).toContain('class="outside"')
    expect(markdownHtml('[x](https://a.example/"onclick=1)')).not.toMatch(/"onclick/)
  })
  it('sets headings one level below the page', () => {
    expect(markdownHtml('# A\n\n###### B')).toBe('<h2>A</h2>\n<h6>B</h6>\n')
  })
  it('puts no link inside a link', () => {
    for (const source of [
      '[![build](https://a.example/b.svg)](https://a.example)',
      '[see <https://a.b> here](https://c.d)',
    ]) {
      const html = markdownHtml(source)
      expect(html, source).toContain('<a ')
      expect(html, source).not.toMatch(/<a [^>]*>(?:(?!<\/a>)[\s\S])*<a /)
    }
    expect(text('[![build](https://a.example/b.svg)](https://a.example)')).toContain('Image: build')
    expect(markdownHtml('[a](https://a.example) ![b](https://b.example)').match(/<a /g)).toHaveLength(2)
  })
  it('shows what it cannot read as it was typed', () => {
    for (const source of ['> '.repeat(3000), '1. '.repeat(3000), '>'.repeat(20_000)])
      expect(text(source).trim(), source.slice(0, 9)).toBe(source.trim())
    expect(markdownHtml(`*a*\n\n${'- '.repeat(40)}\n`)).toContain('<em>a</em></p>\n<hr>')
    expect(markdownHtml('> > quoted twice')).toContain('<blockquote>\n<blockquote>')
  })
  it('knows a formula from money, from paths and from escaped signs', () => {
    for (const source of [
      '\\$x\\$ and $5\\$',
      '$HOME/$USER',
      'US$5 or AU$6',
      'a$b$',
      '$ a$',
      '$a $',
      `$${'x'.repeat(501)}$`,
    ])
      expect(markdownHtml(source), source).not.toContain('<code')
    for (const source of ['$x$', '($x$)', '$\\$5$', '\\(x\\)', '\\[a \\\\ b\\]', '$$a\nb$$', '**n**: $x$.'])
      expect(markdownHtml(source), source).toContain('<code class="formula">')
    expect(markdownHtml('\\[a \\[b\\]')).toContain('\\[a'.slice(1))
  })
  it('decides about an address as a browser reads it', () => {
    expect(['/\t/evil.com', '/\n\\evil.com', ' //evil.com', 'java\tscript:alert(1)'].map(linkKind)).toEqual(
      Array(4).fill('refused'),
    )
  })
  it('takes no more than some times as long for a hostile text as for an ordinary one', () => {
    const LENGTH = 30_000
    const ordinary = `${'**some** words of a [text](https://a.example), '.repeat(8)}\n\n`
    const units = [
      '\\[a',
      '*a_',
      '[',
      '$a ',
      '![',
      '[a]',
      '[^a',
      '[a](<b',
      '`a',
      '<',
      '~a',
      'a@',
      '1. ',
      // As much as is still read, paragraph after paragraph.
      `${'*a_'.repeat(99)}\n\n`,
      `${'['.repeat(199)}\n\n`,
      `${'\\[a'.repeat(99)}\n\n`,
    ]
    const MOST = 50
    const read = (unit: string) => {
      const source = unit.repeat(Math.ceil(LENGTH / unit.length))
      return () => markdownHtml(source)
    }
    const base = read(ordinary)
    base()
    for (const unit of units) expect(leastRatio(MOST, read(unit), base), unit.slice(0, 9)).toBeLessThan(MOST)
  })
})
