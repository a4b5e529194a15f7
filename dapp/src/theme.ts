/** The one theme: two palettes (both designed), type, radii. Contrast of every text color is AA on every surface it is used on. */

export const palette = {
  light: {
    page: '#f7f8f9',
    surface: '#ffffff',
    sunken: '#f0f2f4',
    line: '#e1e4e9',
    'line-strong': '#b9bfc9',
    ink: '#12161d',
    'ink-2': '#414957',
    'ink-3': '#5c6574',
    accent: '#2743c9',
    'accent-strong': '#1c33a3',
    'accent-soft': '#ecf0ff',
    'on-accent': '#ffffff',
    good: '#0a6638',
    'good-soft': '#e4f4ea',
    wait: '#7c4a00',
    'wait-soft': '#fcf1da',
    bad: '#ad1f15',
    'bad-soft': '#fdebe8',
  },
  dark: {
    page: '#0d0f13',
    surface: '#14171d',
    sunken: '#1b1f27',
    line: '#272c36',
    'line-strong': '#4a5261',
    ink: '#edeff3',
    'ink-2': '#bcc3cf',
    'ink-3': '#98a1b0',
    accent: '#a3b5ff',
    'accent-strong': '#c2ceff',
    'accent-soft': '#1d2445',
    'on-accent': '#0e1430',
    good: '#6fd79a',
    'good-soft': '#11291c',
    wait: '#efbd67',
    'wait-soft': '#2e2312',
    bad: '#ff9a90',
    'bad-soft': '#361816',
  },
} as const

const names = Object.keys(palette.light) as (keyof typeof palette.light)[]

export const theme = {
  colors: Object.fromEntries(names.map((name) => [name, `var(--st-${name})`])),
  font: {
    sans: "'IBM Plex Sans Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
    mono: "'IBM Plex Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  },
  text: {
    xs: { fontSize: '0.8125rem', lineHeight: '1.125rem' },
    sm: { fontSize: '0.875rem', lineHeight: '1.25rem' },
    base: { fontSize: '0.9375rem', lineHeight: '1.5rem' },
    lg: { fontSize: '1.0625rem', lineHeight: '1.5rem' },
    xl: { fontSize: '1.25rem', lineHeight: '1.75rem' },
    '2xl': { fontSize: '1.5625rem', lineHeight: '2rem' },
    '3xl': { fontSize: '2rem', lineHeight: '2.375rem' },
  },
  radius: { sm: '4px', md: '6px', lg: '10px', full: '999px' },
  breakpoint: { sm: '40rem', md: '48rem', lg: '62rem', xl: '75rem' },
}
