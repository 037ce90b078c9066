/** What one page of a PDF shows, in points from its upper left corner, turned so that its text stands upright. */
export interface PdfPage {
  readonly width: number
  readonly height: number
  readonly texts: readonly PdfText[]
  readonly rules: PdfRules
}

/** A run of text on one line. */
export interface PdfText {
  readonly text: string
  readonly x: number
  /** The base line. */
  readonly y: number
  readonly width: number
  readonly size: number
}

/** A straight line: at `at`, from `from` to `to`, across or down. */
export interface PdfRule {
  readonly at: number
  readonly from: number
  readonly to: number
}

export interface PdfRules {
  readonly across: readonly PdfRule[]
  readonly down: readonly PdfRule[]
}

export const NO_RULES: PdfRules = { across: [], down: [] }

/** A text before it is known which way the page is turned: `a` and `b` are the direction of its line. */
export interface PlacedText extends PdfText {
  readonly turn: Turn | null
}

/** Quarter turns clockwise. */
export type Turn = 0 | 1 | 2 | 3

export function turnOf(right: number, down: number): Turn | null {
  const length = Math.hypot(right, down)
  if (length === 0) return null
  if (Math.abs(down) < 0.05 * length) return right > 0 ? 0 : 2
  if (Math.abs(right) < 0.05 * length) return down > 0 ? 1 : 3
  return null
}

/**
 * Turns the page the way most of its text stands: tables are often set sideways. What stands another way is no part of the text: a
 * watermark, or the page number of a page that was turned.
 */
export function upright(width: number, height: number, placed: readonly PlacedText[], rules: PdfRules): PdfPage {
  const characters = [0, 0, 0, 0]
  for (const { text, turn } of placed) if (turn !== null) characters[turn]! += text.length
  const turn = characters.indexOf(Math.max(...characters)) as Turn
  const texts = withoutDoubles(
    placed.filter((text) => text.turn === turn).map((text) => turned(text, turn, width, height)),
  )
  const size = turn % 2 === 0 ? { width, height } : { width: height, height: width }
  return { ...size, texts, rules: turnedRules(rules, turn, width, height) }
}

function turned({ text, x, y, width, size }: PlacedText, turn: Turn, pageWidth: number, pageHeight: number): PdfText {
  const at = { 0: [x, y], 1: [y, pageWidth - x], 2: [pageWidth - x, pageHeight - y], 3: [pageHeight - y, x] }[turn]
  return { text, x: at[0] ?? 0, y: at[1] ?? 0, width, size }
}

function turnedRules({ across, down }: PdfRules, turn: Turn, width: number, height: number): PdfRules {
  const mirrored = (rules: readonly PdfRule[], atLength: number | null, alongLength: number | null): PdfRule[] =>
    rules.map(({ at, from, to }) => ({
      at: atLength === null ? at : atLength - at,
      from: alongLength === null ? from : alongLength - to,
      to: alongLength === null ? to : alongLength - from,
    }))
  switch (turn) {
    case 0:
      return { across, down }
    case 1:
      return { across: mirrored(down, width, null), down: mirrored(across, null, width) }
    case 2:
      return { across: mirrored(across, height, width), down: mirrored(down, width, height) }
    case 3:
      return { across: mirrored(down, null, height), down: mirrored(across, height, null) }
  }
}

/** Bold is often the same text printed twice, a hair apart. */
function withoutDoubles(texts: readonly PdfText[]): PdfText[] {
  const seen = new Set<string>()
  return texts.filter(({ text, x, y }) => {
    const around = [0, 1].flatMap((dx) =>
      [0, 1].map((dy) => `${Math.round(x / 2 + dx / 2)}:${Math.round(y / 2 + dy / 2)}:${text}`),
    )
    const isSeen = around.some((place) => seen.has(place))
    for (const place of around) seen.add(place)
    return !isSeen
  })
}
