/** What a person names on the command line, found in the reach of who asks. */
import { isCivilDate } from '@bihuan/domain'
import { findCampaign } from '../modules/campaign/index.js'
import { findUnitsCalled, listOffices, type UnitRow } from '../modules/organization/index.js'
import type { Handle } from '../platform/db/scope.js'
import { CommandRefused } from './command-line.js'

/**
 * A unit's id, by id, code or name. One that was dissolved by the day is none of that day, and is found for the days before.
 * `enterprises`: looked for too, where no office is called so.
 */
export async function unitOf(
  handle: Handle,
  word: string,
  on: string,
  { enterprises = false }: { readonly enterprises?: boolean } = {},
): Promise<string> {
  const stands = ({ dissolved_on: until }: UnitRow) => until === null || on < until
  const isCalledSo = ({ id, code, name }: UnitRow) => id === word || code === word || name === word
  let found = (await listOffices(handle)).filter((unit) => stands(unit) && isCalledSo(unit))
  if (found.length === 0 && enterprises) found = (await findUnitsCalled(handle, [word])).filter(stands)
  const [unit, another] = found
  if (unit !== undefined && another === undefined) return unit.id
  throw new CommandRefused(unit === undefined ? `没有找到单位“${word}”。` : `有几个单位叫“${word}”，请用代码指明。`)
}

export async function campaignOf(handle: Handle, text: string): Promise<{ id: string; parentId: string | null }> {
  const id = uuidIn(text, '--campaign')
  const campaign = await findCampaign(handle, id)
  if (campaign !== null) return { id, parentId: campaign.parent_id }
  throw new CommandRefused(`没有找到行动 ${id}，或者它不在您的管辖范围内。请核对编号。`, {
    objectKind: 'campaign',
    objectId: id,
  })
}

/** The ledger or table that was asked for, or the only one that there is. */
export function chosenOf<Form extends { readonly id: string; readonly title: string }>(
  forms: readonly Form[],
  asked: string | undefined,
  { option, what, none }: { readonly option: string; readonly what: string; readonly none: string },
): Form {
  const [only, another] = asked === undefined ? forms : forms.filter(({ id }) => id === asked.toLowerCase())
  if (only !== undefined && another === undefined) return only
  const there = forms.map(({ id, title }) => `\n  ${id} ${title}`).join('')
  throw new CommandRefused(there === '' ? none : `请用 ${option} 指明是哪一张${what}：${there}`)
}

export function uuidIn(text: string, option: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase()
  throw new CommandRefused(`${option} 应是编号，从网页地址里可以抄到。`)
}

export function civilDateIn(text: string, option: string): string {
  if (isCivilDate(text)) return text
  throw new CommandRefused(`${option} 应是一个存在的日期，写作 2023-06-16；“${text}”不是。`)
}

/** Not negative. */
export function wholeIn(text: string, option: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number
  throw new CommandRefused(`${option} 应是不小于 0 的整数；“${text}”不是。`)
}
