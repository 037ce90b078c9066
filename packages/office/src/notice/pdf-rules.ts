import { NO_RULES, type PdfRule, type PdfRules } from './pdf-page.js'

type Matrix = readonly number[]

/** The numbers that pdf.js gives the operators that are of use here. */
export interface RuleOperators {
  readonly save: number
  readonly restore: number
  readonly transform: number
  readonly paintFormXObjectBegin: number
  readonly paintFormXObjectEnd: number
  readonly constructPath: number
  readonly stroke: number
  readonly closeStroke: number
  readonly endPath: number
}

/** Points. A border is thinner than this; what is thicker is a filled area. */
const THICKEST = 2.6
/** Shorter lines are parts of letters and of drawings. */
const SHORTEST = 4
/** Points by which ends and lines of one border may miss each other. */
export const NEAR = 3
/** More lines than this are a drawing. A page of a fine table has some hundred. */
const MOST = 6_000
const DEEPEST = 64

/** The straight lines that a page draws, borders of tables among them. `base` turns the page's own points into those of `PdfPage`. */
export function rulesOf(
  operators: readonly number[],
  parameters: readonly unknown[],
  base: Matrix,
  known: RuleOperators,
): PdfRules {
  const across: PdfRule[] = []
  const down: PdfRule[] = []
  const stack: Matrix[] = []
  let matrix = base
  for (let at = 0; at < operators.length; at++) {
    const operator = operators[at]
    const given = parameters[at]
    if (operator === known.save) push(stack, matrix)
    else if (operator === known.restore || operator === known.paintFormXObjectEnd) matrix = stack.pop() ?? base
    else if (operator === known.transform) matrix = multiplied(matrix, given)
    else if (operator === known.paintFormXObjectBegin) {
      push(stack, matrix)
      matrix = multiplied(matrix, Array.isArray(given) ? given[0] : null)
    } else if (operator === known.constructPath && Array.isArray(given) && given[0] !== known.endPath) {
      const isStroked = given[0] === known.stroke || given[0] === known.closeStroke
      const path: unknown = Array.isArray(given[1]) ? given[1][0] : null
      if (path instanceof Float32Array) readPath(path, matrix, isStroked, across, down)
      if (across.length + down.length > MOST) return NO_RULES
    }
  }
  return { across: joined(across), down: joined(down) }
}

function push(stack: Matrix[], matrix: Matrix): void {
  stack.push(matrix)
  // A page that saves and never restores: the first are forgotten.
  if (stack.length > DEEPEST) stack.shift()
}

function multiplied(m: Matrix, given: unknown): Matrix {
  if (!(Array.isArray(given) || given instanceof Float32Array) || given.length < 6) return m
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = given as number[]
  const [ma = 1, mb = 0, mc = 0, md = 1, me = 0, mf = 0] = m
  return [
    ma * a + mc * b,
    mb * a + md * b,
    ma * c + mc * d,
    mb * c + md * d,
    ma * e + mc * f + me,
    mb * e + md * f + mf,
  ]
}

/** The path as pdf.js packs it: 0 move, 1 line, 2 and 3 curves, 4 close, each with its points. */
function readPath(
  path: Float32Array,
  [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix,
  isStroked: boolean,
  across: PdfRule[],
  down: PdfRule[],
): void {
  let begin: readonly [number, number] = [0, 0]
  let last = begin
  let box: Box | null = null
  const point = (at: number): readonly [number, number] => {
    const x = path[at] ?? 0
    const y = path[at + 1] ?? 0
    return [a * x + c * y + e, b * x + d * y + f]
  }
  const lineTo = (to: readonly [number, number]) => {
    if (isStroked) addLine(last, to, across, down)
    else box = widened(widened(box, last), to)
    last = to
  }
  const closeArea = () => {
    if (box !== null) addArea(box, across, down)
    box = null
  }
  for (let at = 0; at < path.length;) {
    const kind = path[at]
    if (kind === 0) {
      closeArea()
      begin = last = point(at + 1)
      at += 3
    } else if (kind === 1) {
      lineTo(point(at + 1))
      at += 3
    } else if (kind === 2 || kind === 3) {
      last = point(at + (kind === 2 ? 5 : 3))
      box = null
      at += kind === 2 ? 7 : 5
    } else {
      if (kind === 4) lineTo(begin)
      at += 1
    }
    if (across.length + down.length > MOST) return
  }
  closeArea()
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

function widened(box: Box | null, [x, y]: readonly [number, number]): Box {
  if (box === null) return { left: x, right: x, top: y, bottom: y }
  return {
    left: Math.min(box.left, x),
    right: Math.max(box.right, x),
    top: Math.min(box.top, y),
    bottom: Math.max(box.bottom, y),
  }
}

function addLine(
  from: readonly [number, number],
  to: readonly [number, number],
  across: PdfRule[],
  down: PdfRule[],
): void {
  const [x1, y1] = from
  const [x2, y2] = to
  if (Math.abs(y1 - y2) <= 0.5) add(across, (y1 + y2) / 2, x1, x2)
  else if (Math.abs(x1 - x2) <= 0.5) add(down, (x1 + x2) / 2, y1, y2)
}

/** Word draws a border as a thin area. */
function addArea({ left, right, top, bottom }: Box, across: PdfRule[], down: PdfRule[]): void {
  if (bottom - top <= THICKEST) add(across, (top + bottom) / 2, left, right)
  else if (right - left <= THICKEST) add(down, (left + right) / 2, top, bottom)
}

function add(rules: PdfRule[], at: number, from: number, to: number): void {
  if (Number.isFinite(at + from + to)) rules.push({ at, from: Math.min(from, to), to: Math.max(from, to) })
}

/** Borders are drawn cell by cell: pieces in one line are put together again, and what stays short is dropped. */
function joined(rules: readonly PdfRule[]): PdfRule[] {
  const sorted = [...rules].sort((a, b) => a.at - b.at || a.from - b.from)
  const bands: PdfRule[][] = []
  for (const rule of sorted) {
    const band = bands.at(-1)
    if (band?.[0] !== undefined && rule.at - band[0].at <= NEAR / 2) band.push(rule)
    else bands.push([rule])
  }
  return bands.flatMap((band) => {
    const at = band.reduce((sum, rule) => sum + rule.at, 0) / band.length
    const whole: PdfRule[] = []
    for (const { from, to } of band.sort((a, b) => a.from - b.from)) {
      const last = whole.at(-1)
      if (last !== undefined && from - last.to <= NEAR)
        whole[whole.length - 1] = { at, from: last.from, to: Math.max(last.to, to) }
      else whole.push({ at, from, to })
    }
    return whole.filter(({ from, to }) => to - from >= SHORTEST)
  })
}
