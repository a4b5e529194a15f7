/** A small set of line icons; always decoration beside a word, so hidden from assistive technology. */
import type { JSX } from 'solid-js'

const shapes = {
  check: 'M3.5 8.5l3 3 6-7',
  cross: 'M4 4l8 8m0-8l-8 8',
  clock: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  lock: 'M4 7.500h8v6H4zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500',
  alert: 'M8 5.500v3.500m0 2.200v.1M8 2l6.500 11.500h-13z',
  info: 'M8 7.300V11m0-6v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  back: 'M13 8H3m4-4L3 8l4 4',
  copy: 'M5.500 5.500h7.500v7.500H5.500zM10.500 5.500V3H3v7.500h2.500',
  external: 'M9 3h4v4M13 3L7.500 8.500M11 9.500V13H3V5h3.500',
  wallet: 'M2.500 5.500h11v8h-11zM2.500 5.500l8-3v3M10.500 9.500h.1',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  search: 'M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10.300 10.300L14 14',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3.500 8h9',
  shield: 'M8 1.800l5 2v4c0 3-2 5.200-5 6.400-3-1.200-5-3.400-5-6.400v-4z',
  upload: 'M8 11V3m-3 3l3-3 3 3M3 13h10',
  download: 'M8 3v8m-3-3l3 3 3-3M3 13h10',
  queue: 'M3 4h10M3 8h10M3 12h6',
  terminal: 'M3 4.500l3.500 3.500L3 11.500M8.500 12H13',
  chevron: 'M4 6l4 4 4-4',
  seal: 'M8 10.500v1.500M3.500 7.500h9V14h-9zM5.500 7.500V5.200a2.500 2.500 0 0 1 5 0v2.300',
  coins: 'M2.500 5h11v7h-11zM8 10a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z',
  ring: 'M13 8A5 5 0 1 1 3 8a5 5 0 0 1 10 0z',
} as const

export type IconName = keyof typeof shapes

export function Icon(props: { name: IconName; size?: number; class?: string }): JSX.Element {
  return (
    <svg
      viewBox="0 0 16 16"
      width={props.size ?? 16}
      height={props.size ?? 16}
      class={`shrink-0 ${props.class ?? ''}`}
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={shapes[props.name]} />
    </svg>
  )
}
