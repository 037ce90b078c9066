import { HIGHEST_NUMBER, NumberingLists, type ListLevel } from './numbering-lists.js'

/** Kinds of numbers by their place in [MS-OSHARED] 2.2.1.3 (MSONFC), under the names of WordprocessingML. */
const FORMATS: Readonly<Record<number, string>> = {
  0: 'decimal',
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  5: 'ordinal',
  10: 'ideographDigital',
  11: 'japaneseCounting',
  14: 'decimalFullWidth',
  17: 'japaneseDigitalTenThousand',
  18: 'decimalEnclosedCircle',
  19: 'decimalFullWidth2',
  22: 'decimalZero',
  23: 'bullet',
  26: 'decimalEnclosedFullstop',
  27: 'decimalEnclosedParen',
  28: 'decimalEnclosedCircleChinese',
  29: 'ideographEnclosedCircle',
  30: 'ideographTraditional',
  31: 'ideographZodiac',
  33: 'taiwaneseCounting',
  34: 'ideographLegalTraditional',
  35: 'taiwaneseCountingThousand',
  36: 'taiwaneseDigital',
  37: 'chineseCounting',
  38: 'chineseLegalSimplified',
  39: 'chineseCountingThousand',
  57: 'numberInDash',
  255: 'none',
}

const MOST_LISTS = 4_096

/** The lists of a Word 97 file ([MS-DOC] 2.9.131 LSTF, 2.9.135 LFO); a paragraph names its list by its place among the LFOs, from 1. */
export function docLists(document: Buffer, table: Buffer): NumberingLists {
  const numbering = new NumberingLists()
  try {
    readAbstracts(table, document.readUInt32LE(0x2e2), document.readUInt32LE(0x2e6), numbering)
    readLists(table, document.readUInt32LE(0x2ea), document.readUInt32LE(0x2ee), numbering)
  } catch (cause) {
    // Lists that end too early give no numbers; the text is still whole.
    if (!(cause instanceof RangeError)) throw cause
  }
  return numbering
}

function readAbstracts(table: Buffer, from: number, length: number, { abstracts }: NumberingLists): void {
  if (length < 2) return
  const count = Math.min(table.readUInt16LE(from), MOST_LISTS)
  let at = from + 2 + count * 28
  for (let i = 0; i < count; i++) {
    const head = from + 2 + i * 28
    const levels = new Map<number, ListLevel>()
    abstracts.set(String(table.readInt32LE(head)), { levels, styleLink: null })
    const depth = (table.readUInt8(head + 26) & 1) === 1 ? 1 : 9
    for (let level = 0; level < depth; level++) {
      const read = readLevel(table, at)
      levels.set(level, read.level)
      at = read.end
    }
  }
}

function readLists(table: Buffer, from: number, length: number, { lists }: NumberingLists): void {
  if (length < 4) return
  const count = Math.min(table.readUInt32LE(from), MOST_LISTS)
  let at = from + 4 + count * 16
  for (let i = 0; i < count; i++) {
    const head = from + 4 + i * 16
    const starts = new Map<number, number>()
    const levels = new Map<number, ListLevel>()
    lists.set(String(i + 1), { abstract: String(table.readInt32LE(head)), starts, levels })
    const overrides = Math.min(table.readUInt8(head + 12), 9)
    at += 4
    for (let k = 0; k < overrides; k++) {
      const flags = table.readUInt32LE(at + 4)
      const depth = flags & 0xf
      if ((flags & 0x10) !== 0) starts.set(depth, within(table.readInt32LE(at)))
      at += 8
      if ((flags & 0x20) === 0) continue
      const read = readLevel(table, at)
      levels.set(depth, read.level)
      at = read.end
    }
  }
}

function readLevel(table: Buffer, at: number): { level: ListLevel; end: number } {
  const flags = table.readUInt8(at + 5)
  const follow = table.readUInt8(at + 15)
  const restart = table.readUInt8(at + 26)
  const properties = table.readUInt8(at + 24) + table.readUInt8(at + 25)
  const textAt = at + 28 + properties
  const length = table.readUInt16LE(textAt)
  const end = textAt + 2 + length * 2
  if (end > table.length) throw new RangeError('a list level beyond its stream')
  const raw = table.toString('utf16le', textAt + 2, Math.min(end, textAt + 2 + 510))
  return {
    level: {
      start: within(table.readInt32LE(at)),
      format: FORMATS[table.readUInt8(at + 4)] ?? 'decimal',
      // A character below nine stands for the number of that level.
      text: raw.replaceAll('%', '％').replace(/[\u0000-\u0008]/g, (mark) => `%${mark.charCodeAt(0) + 1}`),
      suffix: follow === 2 ? 'nothing' : follow === 1 ? 'space' : 'tab',
      isLegal: (flags & 0x04) !== 0,
      restart: (flags & 0x08) === 0 ? null : restart,
      style: null,
    },
    end,
  }
}

function within(value: number): number {
  return Math.min(HIGHEST_NUMBER, Math.max(0, value))
}
