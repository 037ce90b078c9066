import { DEFAULT_ARCHIVE_LIMITS, InflateBudget, inflateWhole, openArchive } from './archive.js'
import { decodeText, localAttribute, tokenizeAll } from './xml-tokens.js'

/** A property that the document was given when it was written (自定义属性); null without it. Throws `OfficeRefusal`. */
export function readWordProperty(bytes: Uint8Array, name: string): string | null {
  const entry = openArchive(bytes).entry('docProps/custom.xml')
  if (entry === undefined) return null
  let isWanted = false
  let value: string | null = null
  tokenizeAll([inflateWhole(entry, new InflateBudget(DEFAULT_ARCHIVE_LIMITS))], {
    open(tag, raw) {
      if (tag === 'property') isWanted = localAttribute(raw, 'name') === name
    },
    text(raw) {
      if (isWanted && raw.trim() !== '') value = (value ?? '') + decodeText(raw)
    },
    close(tag) {
      if (tag === 'property') isWanted = false
    },
  })
  return value
}
