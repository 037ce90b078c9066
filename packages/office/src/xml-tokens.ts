import { OfficeRefusal } from './refusal.js'

/** What the tokenizer tells. Names are local names (`x:row` is `row`); `attributes` is the raw text between name and `>`. */
export interface XmlSink {
  open(name: string, attributes: string): void
  close(name: string): void
  text(raw: string): void
}

/** One tag, comment or CDATA section may be this long; a cell holds at most 32,767 characters. */
const MAX_TAG_CHARS = 1024 * 1024
const MAX_DEPTH = 256

/**
 * An XML reader for office parts, fed piece by piece. It knows no document type, and so no entity but the five and numbers:
 * a part with a `<!DOCTYPE` is refused. It holds back at most one unfinished tag.
 */
export class XmlTokenizer {
  private held = ''
  private readonly open: string[] = []
  private hasRoot = false

  constructor(private readonly sink: XmlSink) {}

  write(chunk: string): void {
    const input = this.held === '' ? chunk : this.held + chunk
    let at = 0
    while (at < input.length) {
      const tag = input.indexOf('<', at)
      if (tag < 0) {
        // Text is given in pieces; only an entity that may be cut is held back.
        const cut = input.indexOf('&', Math.max(at, input.length - 12))
        const stop = cut < 0 ? input.length : cut
        if (stop > at) this.sink.text(input.slice(at, stop))
        at = stop
        break
      }
      if (tag > at) this.sink.text(input.slice(at, tag))
      const next = this.markup(input, tag)
      at = next
      if (next <= tag) {
        at = tag
        break
      }
    }
    this.held = input.slice(at)
    if (this.held.length > MAX_TAG_CHARS) throw brokenXml()
  }

  end(): void {
    if (this.held.trim() !== '' || this.open.length > 0 || !this.hasRoot) throw brokenXml()
  }

  /** Where the markup at `tag` ends, or `tag` itself if it is not all here yet. */
  private markup(input: string, tag: number): number {
    const second = input.charCodeAt(tag + 1)
    if (second === 33) return this.declaration(input, tag)
    if (second === 63) {
      const end = input.indexOf('?>', tag)
      return end < 0 ? tag : end + 2
    }
    const end = tagEnd(input, tag)
    if (end < 0) return tag
    if (second === 47) {
      const name = localName(input.slice(tag + 2, end).trim())
      if (this.open.pop() !== name) throw brokenXml()
      this.sink.close(name)
      return end + 1
    }
    this.openTag(input, tag, end)
    return end + 1
  }

  private openTag(input: string, tag: number, end: number): void {
    const isEmpty = input.charCodeAt(end - 1) === 47
    const stop = isEmpty ? end - 1 : end
    let nameEnd = tag + 1
    while (nameEnd < stop && !isSpace(input.charCodeAt(nameEnd))) nameEnd++
    const name = localName(input.slice(tag + 1, nameEnd))
    if (name === '' || (this.open.length === 0 && this.hasRoot) || this.open.length >= MAX_DEPTH) throw brokenXml()
    this.hasRoot = true
    this.sink.open(name, input.slice(nameEnd, stop))
    if (isEmpty) this.sink.close(name)
    else this.open.push(name)
  }

  private declaration(input: string, tag: number): number {
    if (input.length - tag < 9) return tag
    if (input.startsWith('<!--', tag)) {
      const end = input.indexOf('-->', tag + 4)
      return end < 0 ? tag : end + 3
    }
    if (input.startsWith('<![CDATA[', tag)) {
      const end = input.indexOf(']]>', tag)
      if (end < 0) return tag
      this.sink.text(input.slice(tag + 9, end).replaceAll('&', '&amp;'))
      return end + 3
    }
    throw new OfficeRefusal(
      'xml-declares-entities',
      '文件内含有不允许的声明（DOCTYPE）。请用 Excel、Word 或 WPS 另存后再上传。',
    )
  }
}

/** A `>` may stand inside quotes; office programs escape it, others need not. One pass: a tag full of them must not cost its square. */
function tagEnd(input: string, tag: number): number {
  let quote = 0
  for (let i = tag + 1; i < input.length; i++) {
    const code = input.charCodeAt(i)
    if (quote !== 0) quote = code === quote ? 0 : quote
    else if (code === 62) return i
    else if (code === 34 || code === 39) quote = code
  }
  return -1
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}

/** The value of one attribute by its name as written (`r`, `w:val`), or undefined. */
export function attribute(raw: string, name: string): string | undefined {
  for (let at = raw.indexOf(name); at >= 0; at = raw.indexOf(name, at + 1)) {
    if (!isSpace(raw.charCodeAt(at - 1))) continue
    let i = at + name.length
    while (isSpace(raw.charCodeAt(i))) i++
    if (raw.charCodeAt(i) !== 61) continue
    i++
    while (isSpace(raw.charCodeAt(i))) i++
    const quote = raw[i]
    if (quote !== '"' && quote !== "'") continue
    const end = raw.indexOf(quote, i + 1)
    return end < 0 ? undefined : decodeText(raw.slice(i + 1, end))
  }
  return undefined
}

/** An attribute whatever its prefix: `val` finds `w:val`. */
export function localAttribute(raw: string, name: string): string | undefined {
  const found = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*("[^"]*"|'[^']*')`).exec(raw)?.[1]
  return found === undefined ? undefined : decodeText(found.slice(1, -1))
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text with its entities read; one that is not known stays as it is written. */
export function decodeText(raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? whole
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** Feeds the bytes of one part through; UTF-8 only, as office programs write. */
export function* tokenize(pieces: Iterable<Uint8Array>, sink: XmlSink): Generator<void> {
  const tokenizer = new XmlTokenizer(sink)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (const piece of pieces) {
    tokenizer.write(decode(decoder, piece))
    yield
  }
  tokenizer.write(decode(decoder))
  tokenizer.end()
}

/** The same, at one go. */
export function tokenizeAll(pieces: Iterable<Uint8Array>, sink: XmlSink): void {
  const steps = tokenize(pieces, sink)
  while (steps.next().done !== true) continue
}

function decode(decoder: InstanceType<typeof TextDecoder>, piece?: Uint8Array): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
  } catch {
    throw brokenXml()
  }
}

function brokenXml(): OfficeRefusal {
  return new OfficeRefusal('broken-xml', '文件内容已损坏，无法读取。请用 Excel、Word 或 WPS 打开后另存，再重新上传。')
}
