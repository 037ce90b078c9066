import { expect, test } from 'vitest'
import { accent, ground, text, tones } from './colours.js'

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * parts[0]! + 0.7152 * parts[1]! + 0.0722 * parts[2]!
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

test('every status can be read as text, on white and on its wash', () => {
  for (const { ink, wash } of Object.values(tones)) {
    expect(contrast(ink, '#ffffff')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(ink, wash)).toBeGreaterThanOrEqual(4.5)
  }
})

test('text and links can be read on every ground that they stand on', () => {
  for (const on of [ground.page, ground.side, ground.hover, ground.chosen]) {
    for (const ink of [text.strong, text.plain, text.quiet, accent])
      expect(contrast(ink, on)).toBeGreaterThanOrEqual(4.5)
  }
})
