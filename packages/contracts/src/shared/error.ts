import { z } from 'zod'

/** The one shape of every refusal and failure. `message` is a Chinese sentence that says what is wrong and what to do. */
export const errorAnswer = z.object({
  error: z.object({
    /** Stable, for programs: `hazard.not-your-turn`. */
    code: z.string(),
    message: z.string(),
    /** Where it is wrong, when there are places: field path, or sheet, row and column of a workbook. */
    places: z
      .array(
        z.object({
          path: z.string().optional(),
          sheet: z.string().optional(),
          row: z.number().int().optional(),
          column: z.string().optional(),
          message: z.string(),
        }),
      )
      .optional(),
    /** What happened instead: the present state of the thing, when somebody else was faster. */
    current: z.unknown().optional(),
    requestId: z.string(),
  }),
})
export type ErrorAnswer = z.output<typeof errorAnswer>
