import type { UploadLimits } from '../upload.js'
import { DEFAULT_UPLOAD_LIMITS } from '../upload.js'

/** What one notice may cost. The longest that are known have some hundred pages; 5,000 are read, and nothing without end. */
export interface NoticeLimits extends UploadLimits {
  /** Characters of the text that comes out. A full page of a notice has some 700. */
  readonly maxCharacters: number
  /** Paragraphs and cells together: empty ones cost memory and no characters. */
  readonly maxPieces: number
  /** Of a PDF. */
  readonly maxPages: number
  /** Columns of one table; Word itself knows 63. */
  readonly maxColumns: number
}

export const DEFAULT_NOTICE_LIMITS: NoticeLimits = {
  ...DEFAULT_UPLOAD_LIMITS,
  maxInflatedBytes: 256 * 1024 * 1024,
  maxCharacters: 10_000_000,
  maxPieces: 500_000,
  maxPages: 5_000,
  maxColumns: 128,
}
