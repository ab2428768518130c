import { copyText } from '../copy-text.ts'
import DOMPurify from 'dompurify'
import createMarkdownIt from 'markdown-it'
import type { MarkdownIt } from 'markdown-it'
import { defang } from '../format/defang.ts'

/** Only what text needs. No links, images, styles, forms or frames: those become inert stand-ins before this. */
const allowedTags = [
  ...['p', 'br', 'hr', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'span'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
]

const linkClass = 'md-link'
const imageClass = 'md-image'

/** Makes the renderer once; call the result with Markdown to get a fragment ready to be shown. */
export function markdownRenderer(): (text: string) => DocumentFragment {
  const markdown = inertMarkdown()
  return (text) => {
    const fragment = DOMPurify.sanitize(markdown.render(text), {
      ALLOWED_TAGS: allowedTags,
      ALLOWED_ATTR: ['class', 'data-target', 'start'],
      // A target such as `javascript:…` is evidence too: it is only ever shown as text.
      ADD_URI_SAFE_ATTR: ['data-target'],
      ALLOW_DATA_ATTR: false,
      ALLOW_ARIA_ATTR: false,
      RETURN_DOM_FRAGMENT: true,
    })
    for (const link of fragment.querySelectorAll<HTMLElement>(`.${linkClass}`)) showTarget(link)
    for (const block of fragment.querySelectorAll('p, li, h1, h2, h3, h4, h5, h6, td, th, blockquote'))
      block.setAttribute('dir', 'auto')
    return fragment
  }
}

/** HTML in the source is shown as text; links and images never become elements that can fetch or navigate. */
function inertMarkdown(): MarkdownIt {
  const markdown = createMarkdownIt({ html: false, linkify: false, breaks: true })
  const { escapeHtml } = markdown.utils
  markdown.validateLink = () => true
  markdown.renderer.rules.link_open = (tokens, index) =>
    `<span class="${linkClass}" data-target="${escapeHtml(String(tokens[index]?.attrGet('href') ?? ''))}">`
  markdown.renderer.rules.link_close = () => '</span>'
  markdown.renderer.rules.image = (tokens, index) => {
    const token = tokens[index]
    const where = imageHost(String(token?.attrGet('src') ?? ''))
    const name = token?.content ? `“${escapeHtml(token.content)}” ` : ''
    return `<span class="${imageClass}">${name}Remote image blocked: ${escapeHtml(where)}</span>`
  }
  return markdown
}

function imageHost(source: string): string {
  const url = URL.parse(source)
  if (!url || url.host === '') return 'embedded or local file'
  return defang(url.host)
}

/** A link shows where it would have led, harmlessly, and offers to copy that. It leads nowhere. */
function showTarget(link: HTMLElement): void {
  const target = link.dataset.target ?? ''
  const shown = document.createElement('span')
  shown.className = 'md-target'
  shown.textContent = defang(target)
  const copy = document.createElement('button')
  copy.type = 'button'
  copy.className = 'md-copy'
  copy.textContent = 'Copy'
  copy.setAttribute('aria-label', `Copy link target ${defang(target)}`)
  copy.addEventListener('click', () => {
    copy.textContent = copyText(defang(target)) ? 'Copied' : 'Not copied'
  })
  link.append(' ', shown, copy)
}
