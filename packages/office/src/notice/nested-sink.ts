import { localAttribute, type XmlSink } from '../xml-tokens.js'

/**
 * An XML sink that knows where it stands: a name means one thing inside a run and another inside its properties. An element that
 * `begin` does not want is passed over with all that it holds.
 */
export abstract class NestedSink implements XmlSink {
  private readonly path: string[] = []
  private skippedFrom = 0

  /** What an element begins; `false` passes over it. */
  protected abstract begin(name: string, raw: string): boolean | void
  protected abstract end(name: string): void
  protected abstract characters(raw: string): void

  /** The element around the one that begins or ends. */
  protected get parent(): string {
    return this.path.at(-1) ?? ''
  }

  protected get grandparent(): string {
    return this.path.at(-2) ?? ''
  }

  open(name: string, raw: string): void {
    if (this.skippedFrom === 0 && this.begin(name, raw) === false) this.skippedFrom = this.path.length + 1
    this.path.push(name)
  }

  close(name: string): void {
    const depth = this.path.length
    this.path.pop()
    if (this.skippedFrom === 0) this.end(name)
    else if (this.skippedFrom === depth) this.skippedFrom = 0
  }

  text(raw: string): void {
    if (this.skippedFrom === 0) this.characters(raw)
  }
}

/** A property that is on when it is there and does not say otherwise. */
export function isOn(raw: string): boolean {
  return !/^(0|off|false)$/.test(localAttribute(raw, 'val') ?? 'on')
}

/** A whole number that an attribute states, kept between the bounds; null if it states none. */
export function wholeNumber(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || !/^\s*[+-]?\d+\s*$/.test(text)) return null
  return Math.min(most, Math.max(least, Number(text)))
}

/** What was so before a tracked change of properties; the change is accepted. */
export function isFormerProperty(name: string): boolean {
  return /^(pPr|rPr|sectPr|tblPr|tblPrEx|tcPr|trPr|tblGrid)Change$|^numberingChange$/.test(name)
}
