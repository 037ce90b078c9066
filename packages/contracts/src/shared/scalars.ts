import { z } from 'zod'

export const uuid = z.uuid()
export const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日期应写作 2023-06-16')
export const instant = z.iso.datetime({ offset: true })
/** What the asking person may do with a thing: the server's policy decides, the web only shows. */
export const abilities = z.record(z.string(), z.boolean())
/** Optimistic lock: the version that the person was looking at. */
export const version = z.number().int().min(1)
