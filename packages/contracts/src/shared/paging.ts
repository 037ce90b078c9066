import { z } from 'zod'

/** Lists page by key, never by offset: `after` is the cursor that the page before gave. */
export const pageQuery = z.object({
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Counts stop at 10,001 and are shown as 1万+. */
export const countCap = 10_000

export const total = z.object({ count: z.number().int(), capped: z.boolean() })
export type Total = z.output<typeof total>

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable(), total: total.nullable() })
}
