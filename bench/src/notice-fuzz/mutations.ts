/** What can go wrong with a file, or be done to it: by bytes, by its XML or its words, by its archive. */
import { unzipSync, zipSync } from 'fflate'
import type { Random } from './random.js'
import type { Form, Seed } from './seeds.js'

export function mutated({ form, bytes }: Seed, random: Random): Uint8Array {
  const ways = waysOf(form)
  let changed = bytes
  for (let times = 1 + random.below(3); times > 0; times--) changed = random.of(ways)(changed, random)
  return changed
}

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array

function waysOf(form: Form): readonly Mutation[] {
  switch (form) {
    case 'docx':
      return [flipBytes, cutOff, wordParts, wordParts, wordParts, archiveEntries, archiveDirectory]
    case 'doc':
      return [flipBytes, flipBytes, cutOff, extremeNumbers, copyStretch]
    case 'pdf':
      return [flipBytes, cutOff, pdfWords, pdfWords, pdfWords, copyStretch]
    case 'html':
      return [flipBytes, cutOff, pageWords, pageWords, pageWords, copyStretch]
    case 'txt':
      return [flipBytes, cutOff, extremeNumbers, copyStretch]
  }
}

const flipBytes: Mutation = (bytes, random) => {
  const copy = bytes.slice()
  for (let times = 1 + random.below(24); times > 0; times--) copy[random.below(copy.length)] = random.below(256)
  return copy
}

const cutOff: Mutation = (bytes, random) =>
  random.below(2) === 0 ? bytes.slice(0, random.below(bytes.length)) : new Uint8Array(Buffer.concat([bytes, bytes]))

const copyStretch: Mutation = (bytes, random) => {
  const from = random.below(bytes.length)
  const stretch = bytes.slice(from, from + 1 + random.below(2_000))
  const at = random.below(bytes.length)
  const times = random.of([1, 2, 50, 500])
  const copies = Array.from({ length: times }, () => stretch)
  return new Uint8Array(Buffer.concat([bytes.subarray(0, at), ...copies, bytes.subarray(at)]))
}

const EXTREMES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

const extremeNumbers: Mutation = (bytes, random) => {
  const copy = bytes.slice()
  if (copy.length < 8) return copy
  const view = new DataView(copy.buffer)
  for (let times = 1 + random.below(6); times > 0; times--) {
    view.setUint32(random.below((copy.length - 4) / 2) * 2, random.of(EXTREMES), true)
  }
  return copy
}

/** Fragments that no sound document holds where they come to stand. */
const WORD_FRAGMENTS = [
  '<w:gridSpan w:val="999999999"/>',
  '<w:vMerge/>',
  '<w:hMerge/>',
  '<w:gridBefore w:val="4000"/>',
  '<w:numPr><w:ilvl w:val="-3"/><w:numId w:val="1"/></w:numPr>',
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
  '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
  '<w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
  '<w:tbl><w:tr><w:tc>',
  '</w:tc></w:tr></w:tbl>',
  '<w:p>',
  '</w:p>',
  '<w:txbxContent>',
  '<mc:AlternateContent><mc:Choice/>',
  '<w:sectPr/>',
  '<w:sym w:font="Wingdings" w:char="FFFFFF"/>',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;&#x110000;&#0;',
  '<![CDATA[',
  '<!--',
  '<w:t a="',
]

const wordParts: Mutation = (bytes, random) => {
  const parts = openedParts(bytes)
  if (parts === null) return flipBytes(bytes, random)
  const names = Object.keys(parts).filter((part) => part.startsWith('word/'))
  // An earlier change may have taken them all out.
  if (names.length === 0) return flipBytes(bytes, random)
  const name = random.of(names)
  const xml = Buffer.from(parts[name] ?? []).toString('utf8')
  parts[name] = new Uint8Array(Buffer.from(changedMarkup(xml, WORD_FRAGMENTS, random)))
  return zipSync(parts, { level: 1 })
}

/** Elements are doubled, taken out and put elsewhere; numbers become extreme; fragments are put in, sometimes thousands of times. */
function changedMarkup(markup: string, fragments: readonly string[], random: Random): string {
  const tags = [...markup.matchAll(/<[^<>]{1,400}>/g)].map(({ index }) => index)
  const place = () => (tags.length === 0 ? 0 : random.of(tags))
  const [from, to] = [place(), place()].sort((a, b) => a - b)
  if (from === undefined || to === undefined) return markup
  switch (random.below(5)) {
    case 0:
      return markup.slice(0, from) + markup.slice(to)
    case 1:
      return markup.slice(0, to) + markup.slice(from, to).repeat(random.of([1, 2, 30])) + markup.slice(to)
    case 2:
      return markup.replace(/\d+/g, (number) =>
        random.below(6) === 0 ? String(random.of([-1, 0, 63, 999_999_999])) : number,
      )
    case 3: {
      const at = place()
      return markup.slice(0, at) + markup.slice(from, to) + markup.slice(at)
    }
    default: {
      const at = place()
      return markup.slice(0, at) + random.of(fragments).repeat(random.of([1, 1, 3, 200, 5_000])) + markup.slice(at)
    }
  }
}

const archiveEntries: Mutation = (bytes, random) => {
  const parts = openedParts(bytes)
  if (parts === null) return flipBytes(bytes, random)
  const document = parts['word/document.xml'] ?? new Uint8Array()
  const additions: Record<string, Uint8Array> = {
    '../../evil.xml': document,
    '/etc/passwd': document,
    'word/embeddings/inner.docx': bytes,
    'word/media/zeros.bin': new Uint8Array(random.of([1_000_000, 8_000_000])),
    'word/vbaProject.bin': document,
    [`word/${'long/'.repeat(2_000)}a.xml`]: document,
  }
  const name = random.of(Object.keys(additions))
  parts[name] = additions[name] ?? new Uint8Array()
  if (random.below(4) === 0) delete parts[random.of(Object.keys(parts))]
  return zipSync(parts, { level: 6 })
}

/** The directory of the archive lies: about sizes, places, sums and names. */
const archiveDirectory: Mutation = (bytes, random) => {
  const copy = bytes.slice()
  const start = Buffer.from(copy.buffer).indexOf('PK\x01\x02', 0, 'latin1')
  if (start < 0 || copy.length - start < 8) return flipBytes(bytes, random)
  const view = new DataView(copy.buffer)
  for (let times = 1 + random.below(3); times > 0; times--) {
    view.setUint32(start + random.below(copy.length - start - 4), random.of(EXTREMES), true)
  }
  return copy
}

function openedParts(bytes: Uint8Array): Record<string, Uint8Array> | null {
  try {
    return { ...unzipSync(bytes) }
  } catch {
    return null
  }
}

const PDF_FRAGMENTS = [
  ' q',
  ' Q',
  ' 0 0 m 595 842 l S',
  ' 10 10 100 0.5 re f',
  ' 1e38 0 0 1e38 0 0 cm',
  ' BT /F1 16 Tf 1 0 0 1 90 90 Tm <4e00> Tj ET',
  ' BT /F1 0 Tf <4e004e8c> Tj ET',
  ' /F1 Do',
  ' BI /W 99999 /H 99999 ID x EI',
  ' [<4e00> -99999999 <4e8c>] TJ',
  ' << /Kids [2 0 R] /Count 99999999 >>',
  ' 2 0 R',
  ' [ ',
  ' << ',
]

const pdfWords: Mutation = (bytes, random) => {
  const text = Buffer.from(bytes).toString('latin1')
  const at = random.below(text.length)
  const many = () => random.of(PDF_FRAGMENTS).repeat(random.of([1, 3, 300, 20_000]))
  const inStream = text.indexOf('stream\n', at)
  switch (random.below(4)) {
    case 0:
      return fromLatin(
        text.replace(/\d+/g, (number) =>
          random.below(20) === 0 ? String(random.of([-1, 0, 2, 65_536, 2_147_483_648])) : number,
        ),
      )
    case 1:
      return fromLatin(text.slice(0, at) + many() + text.slice(at))
    case 2:
      // Streams are longer than they say; the reader looks for their end then.
      return inStream < 0
        ? flipBytes(bytes, random)
        : fromLatin(text.slice(0, inStream + 7) + many() + text.slice(inStream + 7))
    default:
      return fromLatin(
        text.replaceAll(
          random.of(['/Length', '/Type', '/Count', '/MediaBox', 'endobj', '/W ', 'xref']),
          random.of(['', '/X', '/Kids']),
        ),
      )
  }
}

function fromLatin(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

const PAGE_FRAGMENTS = [
  '<table>',
  '</table>',
  '<tr>',
  '<td rowspan=65534 colspan=1000>',
  '<td colspan=0>',
  '<div>',
  '</div>',
  '<font>',
  '</b>',
  '<ol start=-99999999999>',
  '<li value=999999999>',
  '<pre>\n',
  '<script>',
  '<!--',
  '&#xD800;&#0;&amp',
  '<p style="',
  '<svg><title>',
  '<form><form>',
]

const pageWords: Mutation = (bytes, random) =>
  new Uint8Array(Buffer.from(changedMarkup(Buffer.from(bytes).toString('utf8'), PAGE_FRAGMENTS, random)))
