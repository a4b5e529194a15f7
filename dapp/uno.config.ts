/** UnoCSS: utilities over the theme, plus the few shapes that recur on every page. */
import { defineConfig, presetWind4 } from 'unocss'
import { palette, theme } from './src/theme.ts'

const variables = (colors: Record<string, string>) =>
  Object.entries(colors)
    .map(([name, value]) => `--st-${name}:${value};`)
    .join('')

export default defineConfig({
  content: { pipeline: { include: [/\.(tsx?|html)($|\?)/] } },
  presets: [presetWind4({ dark: 'media', preflights: { reset: true } })],
  theme,
  preflights: [
    {
      getCSS: () =>
        `:root{color-scheme:light dark;${variables(palette.light)}}` +
        `@media (prefers-color-scheme:dark){:root{${variables(palette.dark)}}}`,
    },
  ],
  shortcuts: {
    card: 'bg-surface border border-line rounded-lg',
    focusable:
      'outline-none focus-visible:outline-2 focus-visible:outline-solid focus-visible:outline-offset-2 focus-visible:outline-accent',
    tap: 'min-h-11',
    // 44 pixels high with text of 14 or 12; a block, for the browser draws its own mark beside it.
    summary: 'py-3 min-h-11 cursor-pointer focusable rounded-sm',
    // A small thing in a line of text, with a target of 44 pixels around it.
    target:
      "relative after:content-[''] after:absolute after:left-1/2 after:top-1/2 after:-translate-x-1/2 after:-translate-y-1/2 after:size-11 after:min-w-full",
    link: 'text-accent underline decoration-line-strong underline-offset-3 hover:decoration-current rounded-sm focusable',
    control:
      'w-full min-h-11 px-3 py-2 rounded-md border border-line-strong bg-surface text-ink text-base placeholder:text-ink-3 focusable',
    eyebrow: 'text-xs font-medium text-ink-3',
    num: 'font-mono tabular-nums',
    'page-title': 'text-2xl font-600 tracking-tight text-ink text-balance',
    'section-title': 'text-base font-600 text-ink',
    th: 'text-left text-xs font-medium text-ink-3 px-3 py-2 whitespace-nowrap',
    td: 'px-3 py-2.5 text-sm align-top',
  },
})
