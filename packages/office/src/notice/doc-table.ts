import { SPRM, type Sprm } from './doc-properties.js'
import type { CellDraft, TableDraft } from './notice-writer.js'

interface DocCell {
  readonly lines: string[]
}

interface DocRow {
  readonly cells: readonly DocCell[]
  readonly places: readonly CellPlace[]
}

interface CellPlace {
  /** In twips from the left. */
  readonly left: number
  readonly right: number
  readonly isMergedLeft: boolean
  readonly vertical: 'start' | 'continue' | null
}

/** A table of a Word 97 file while it is read: cells end with a mark of their own, rows with the definition of their cells. */
export class DocTableDraft {
  private readonly rows: DocRow[] = []
  private cells: DocCell[] = []
  private lines: string[] = []

  addLine(text: string): void {
    this.lines.push(text)
  }

  endCell(): void {
    this.cells.push({ lines: this.lines })
    this.lines = []
  }

  endRow(sprms: readonly Sprm[]): void {
    if (this.lines.length > 0) this.endCell()
    const definition = sprms.findLast(({ code }) => code === SPRM.TDefTable)?.operand
    this.rows.push({ cells: this.cells, places: definition === undefined ? [] : placesOf(definition) })
    this.cells = []
  }

  /** What stood in cells that no end of a row closed is told as lines. */
  finish(maxColumns: number): { table: TableDraft; left: readonly string[] } {
    const left = [...this.cells.flatMap(({ lines }) => lines), ...this.lines]
    const edges = distinct(this.rows.flatMap(({ places }) => places.flatMap((place) => [place.left, place.right])))
    let above = new Map<number, { colSpan: number; rowSpan: number }>()
    const table = this.rows.map(({ cells, places }) => {
      const merged = new Map<number, { colSpan: number; rowSpan: number }>()
      const row: CellDraft[] = []
      let free = 0
      cells.slice(0, maxColumns).forEach(({ lines }, at) => {
        const place = places[at]
        const text = lines.join('\n')
        const column = Math.max(free, place === undefined ? at : edgeOf(edges, place.left))
        const colSpan = Math.max(1, place === undefined ? 1 : edgeOf(edges, place.right) - column)
        free = column + colSpan
        const before = row.at(-1)
        if (place?.isMergedLeft === true && before !== undefined && before.column + before.colSpan === column) {
          row[row.length - 1] = { ...before, colSpan: before.colSpan + colSpan }
          return
        }
        const begun = place?.vertical === 'continue' ? above.get(column) : undefined
        if (begun !== undefined && begun.colSpan === colSpan) {
          begun.rowSpan++
          merged.set(column, begun)
          return
        }
        const draft = { text, column, colSpan, rowSpan: 1 }
        row.push(draft)
        if (place !== undefined && place.vertical !== null) merged.set(column, draft)
      })
      above = merged
      return row
    })
    return { table, left }
  }
}

/** TDefTableOperand ([MS-DOC] 2.9.315): the number of cells, their edges, and for each what it is merged with. */
function placesOf(operand: Buffer): CellPlace[] {
  const count = Math.min(operand[0] ?? 0, 63)
  const cellsAt = 1 + (count + 1) * 2
  if (operand.length < cellsAt) return []
  return Array.from({ length: count }, (_, i) => {
    const at = cellsAt + i * 20
    const flags = at + 2 <= operand.length ? operand.readUInt16LE(at) : 0
    const vertical = (flags & 0x40) !== 0 ? 'start' : (flags & 0x20) !== 0 ? 'continue' : null
    return {
      left: operand.readInt16LE(1 + i * 2),
      right: operand.readInt16LE(3 + i * 2),
      isMergedLeft: (flags & 0x03) === 0x02,
      vertical,
    }
  })
}

/** Twips by which the edges of one column may differ from row to row. */
const NEAR = 40

function distinct(edges: readonly number[]): number[] {
  const sorted = [...edges].sort((a, b) => a - b)
  return sorted.filter((edge, i) => i === 0 || edge - (sorted[i - 1] ?? 0) > NEAR)
}

/** The number of the edge that is nearest from the left. */
function edgeOf(edges: readonly number[], place: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
