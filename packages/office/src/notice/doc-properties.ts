import { brokenOle } from './ole-streams.js'

/** One property of a Word 97 file ([MS-DOC] 2.2.5.1, Prl): what it is, and the bytes that say it. */
export interface Sprm {
  readonly code: number
  readonly operand: Buffer
}

/** Codes that are of use here, by their names in [MS-DOC] 2.6. */
export const SPRM = {
  PJc80: 0x2403,
  PJc: 0x2461,
  PFPageBreakBefore: 0x2407,
  PFInTable: 0x2416,
  PFTtp: 0x2417,
  PIlvl: 0x260a,
  PIlfo: 0x460b,
  POutLvl: 0x2640,
  PItap: 0x6649,
  PFInnerTableCell: 0x244b,
  PFInnerTtp: 0x244c,
  PHugePapx: 0x6646,
  TDefTable: 0xd608,
  CFRMarkDel: 0x0800,
  CFVanish: 0x083c,
  CSymbol: 0x6a09,
} as const

/** The properties in a `grpprl`, as far as it is whole. */
export function sprmsIn(bytes: Buffer): Sprm[] {
  const sprms: Sprm[] = []
  for (let at = 0; at + 3 <= bytes.length;) {
    const code = bytes.readUInt16LE(at)
    const { length, skip } = operandLength(code, bytes, at + 2)
    sprms.push({ code, operand: bytes.subarray(at + 2 + skip, at + 2 + skip + length) })
    at += 2 + skip + length
  }
  return sprms
}

function operandLength(code: number, bytes: Buffer, at: number): { length: number; skip: number } {
  switch (code >> 13) {
    case 0:
    case 1:
      return { length: 1, skip: 0 }
    case 2:
    case 4:
    case 5:
      return { length: 2, skip: 0 }
    case 3:
      return { length: 4, skip: 0 }
    case 7:
      return { length: 3, skip: 0 }
  }
  if (code === SPRM.TDefTable && at + 2 <= bytes.length)
    return { length: Math.max(0, bytes.readUInt16LE(at) - 1), skip: 2 }
  return { length: bytes[at] ?? 0, skip: 1 }
}

/** A stretch of the file, in bytes, of one kind of properties. */
export interface PropertyRun {
  readonly from: number
  readonly to: number
  readonly style: number | null
  readonly sprms: readonly Sprm[]
}

/**
 * All runs of characters (Chpx) or paragraphs (Papx), by their place in the file: the table stream says which pages of 512 bytes hold
 * them.
 */
export function propertyRuns(document: Buffer, table: Buffer, kind: 'characters' | 'paragraphs'): PropertyRun[] {
  const [from, length] = kind === 'characters' ? [0xfa, 0xfe] : [0x102, 0x106]
  const bins = table.subarray(document.readUInt32LE(from)).subarray(0, document.readUInt32LE(length))
  const count = Math.floor((bins.length - 4) / 8)
  // A page of the file is read once, whatever the table says.
  if (count * 512 > document.length + 512) throw brokenOle()
  const runs: PropertyRun[] = []
  for (let i = 0; i < count; i++) {
    const page = document.subarray((bins.readUInt32LE((count + 1) * 4 + i * 4) & 0x3fffff) * 512).subarray(0, 512)
    if (page.length === 512) runs.push(...(kind === 'characters' ? characterRuns(page) : paragraphRuns(page)))
  }
  return runs.sort((a, b) => a.from - b.from)
}

function characterRuns(page: Buffer): PropertyRun[] {
  const count = Math.min(page[511] ?? 0, 101)
  return Array.from({ length: count }, (_, i) => {
    const at = (page[(count + 1) * 4 + i] ?? 0) * 2
    const grpprl = at === 0 ? page.subarray(0, 0) : page.subarray(at + 1, at + 1 + (page[at] ?? 0))
    return { from: page.readUInt32LE(i * 4), to: page.readUInt32LE(i * 4 + 4), style: null, sprms: sprmsIn(grpprl) }
  })
}

function paragraphRuns(page: Buffer): PropertyRun[] {
  const count = Math.min(page[511] ?? 0, 29)
  return Array.from({ length: count }, (_, i) => {
    const at = (page[(count + 1) * 4 + i * 13] ?? 0) * 2
    const words = page[at] ?? 0
    const grpprl =
      words === 0 ? page.subarray(at + 2, at + 2 + 2 * (page[at + 1] ?? 0)) : page.subarray(at + 1, at + 2 * words)
    const isKept = at > 0 && grpprl.length >= 2
    return {
      from: page.readUInt32LE(i * 4),
      to: page.readUInt32LE(i * 4 + 4),
      style: isKept ? grpprl.readUInt16LE(0) : 0,
      sprms: isKept ? sprmsIn(grpprl.subarray(2)) : [],
    }
  })
}

/** The run that holds a place; runs do not overlap. */
export function runAt(runs: readonly PropertyRun[], place: number): PropertyRun | null {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.from ?? 0) <= place) low = middle + 1
    else high = middle
  }
  const run = runs[low - 1]
  return run !== undefined && place < run.to ? run : null
}

export function isSet(sprms: readonly Sprm[], code: number): boolean {
  const operand = sprms.findLast((sprm) => sprm.code === code)?.operand
  return operand !== undefined && (operand[0] === 1 || operand[0] === 0x81)
}

export function byteOf(sprms: readonly Sprm[], code: number): number | null {
  return sprms.findLast((sprm) => sprm.code === code)?.operand[0] ?? null
}
