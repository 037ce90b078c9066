/**
 * The one palette. Contrast of `ink` on white and of `ink` on its own `wash` is at least 4.5:1 (WCAG AA, checked by
 * colours.test.ts), so a status can be text; its shape and word say the same without colour.
 */
export const text = { strong: '#1d232b', plain: '#2b323c', quiet: '#59626e' }
export const ground = {
  page: '#ffffff',
  side: '#f6f7f9',
  hover: '#f3f6fa',
  chosen: '#e9f0f9',
  line: '#e3e6ea',
  lineStrong: '#cfd4da',
}
export const accent = '#2b5c9b'

export type Tone = 'red' | 'orange' | 'yellow' | 'blue' | 'green' | 'grey'

export const tones: Record<Tone, { ink: string; wash: string }> = {
  red: { ink: '#b3261e', wash: '#fdeeec' },
  orange: { ink: '#a34a00', wash: '#fff1e3' },
  yellow: { ink: '#7a5d00', wash: '#fdf6d8' },
  blue: { ink: '#24588f', wash: '#eaf2fb' },
  green: { ink: '#1e6b3a', wash: '#e9f6ee' },
  grey: { ink: '#525c68', wash: '#f1f3f5' },
}

/** The palette as custom properties for the style sheets, so that no value is written twice. */
export function paint(root: HTMLElement): void {
  const variables: Record<string, string> = {
    'text-strong': text.strong,
    text: text.plain,
    'text-quiet': text.quiet,
    page: ground.page,
    side: ground.side,
    hover: ground.hover,
    chosen: ground.chosen,
    line: ground.line,
    'line-strong': ground.lineStrong,
    accent,
  }
  for (const [tone, { ink, wash }] of Object.entries(tones)) {
    variables[tone] = ink
    variables[`${tone}-wash`] = wash
  }
  for (const [name, value] of Object.entries(variables)) root.style.setProperty(`--${name}`, value)
}
