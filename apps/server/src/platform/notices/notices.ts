import type { Handle } from '../db/scope.js'
import { mailNotice } from './mailing.js'
import { insertNotice, type NewNotice } from './notice.repo.js'

/** In the product, and by mail to those who want it. False when it was given before. */
export async function giveNotice(handle: Handle, notice: NewNotice): Promise<boolean> {
  const isNew = await insertNotice(handle, notice)
  if (isNew) await mailNotice(handle, notice.id)
  return isNew
}
