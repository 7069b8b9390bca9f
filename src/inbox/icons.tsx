/** Small drawings beside words; the words say the same, so they are hidden from screen readers. */
const paths = {
  tickets: 'M3 12h5l2 3h4l2-3h5M5.5 5h13L21 12v6a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-6z',
  mentions: 'M21 12a8 8 0 0 1-8 8H4l2.3-2.9A8 8 0 1 1 21 12zM8.5 11h7M8.5 14h4',
  numbers: 'M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6',
  sources: 'M5 19a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM4 11a9 9 0 0 1 9 9M4 5a15 15 0 0 1 15 15',
  playbooks: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6',
  outbox: 'M3 6h18v12H3zM3 7l9 6 9-6',
  silences: 'M6 9a6 6 0 0 1 9.5-4.9M18 10c0 5 2 6 2 6H8M10.5 20a2 2 0 0 0 3 0M4 4l16 16',
  presence: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  newspaper: 'M4 5h13v14H6a2 2 0 0 1-2-2zM17 9h3v8a2 2 0 0 1-2 2M7.5 9h6M7.5 12.5h6M7.5 16h4',
  out: 'M12 15V4M8 8l4-4 4 4M5 13v6h14v-6',
  account: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4.5-5 8-5s7 1 8 5',
  more: 'M4 7h16M4 12h16M4 17h16',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  check: 'M5 13l4 4L19 7',
  warn: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16h.01',
  back: 'M15 5l-7 7 7 7',
  link: 'M14 5h5v5M19 5l-8 8M10 6H5v13h13v-5',
  pen: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
} as const

export type IconName = keyof typeof paths

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}

/** A lighthouse: someone who watches so that others may sleep. */
export function Brand() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M13 11h6l2 17H11zM12 8h8v3h-8zM13.5 4h5l1.5 4h-8zM9 28h14"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linejoin="round"
        stroke-linecap="round"
      />
      <path
        d="M10 9L2 6M10 10L2 13M22 9l8-3M22 10l8 3"
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linecap="round"
        opacity=".55"
      />
    </svg>
  )
}

export const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#12557f"/>' +
  '<path d="M13 12h6l1.6 14h-9.2zM12.5 9h7v3h-7zM14 6h4l1.5 3h-7z" fill="#fff"/>' +
  '<path d="M10.500 10L5 8M10.500 11.500L5 14M21.500 10L27 8M21.500 11.500L27 14" stroke="#ffd36b" stroke-width="1.800" stroke-linecap="round"/></svg>'
