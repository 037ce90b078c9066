/** Which units a notice means by a name: the whole of it, its end, or the short form that everybody uses (区应急局, 市监局, 安委办). */
import type { UnitKind } from '../organization/index.js'
import { plainWords } from './phrase.js'

export interface NamedUnit {
  readonly id: string
  readonly name: string
  readonly kind: UnitKind
}

export interface UnitNames {
  /** Without enterprises and dissolved ones. */
  readonly units: readonly NamedUnit[]
  /** The campaign's own unit: of several that are called alike it is meant. */
  readonly ownUnitId: string | null
}

export interface CalledUnits {
  /** More than one: somebody must choose. */
  readonly units: readonly NamedUnit[]
  readonly by: 'name' | 'short-name'
}

export function unitsNamed(asked: string, { units }: UnitNames): readonly NamedUnit[] {
  return units.filter(({ name }) => plainWords(name) === asked)
}

/** 区应急管理局 for 青榆区应急管理局, 街道办事处公共安全办公室 for 公共安全办公室; only where none ends so, its short form. */
export function unitsCalled(asked: string, names: UnitNames): CalledUnits {
  const ending = names.units.filter(({ name }) => {
    const own = plainWords(name)
    return (own.length >= 3 && asked.endsWith(own)) || (asked.length >= 3 && own.endsWith(asked))
  })
  if (ending.length > 0) return { units: nearest(ending, names), by: 'name' }
  const short = formsOf(asked)
  const meant = names.units.filter(({ name }) => formsOf(plainWords(name)).some((full) => isShort(short, full)))
  return { units: nearest(meant, names), by: 'short-name' }
}

function nearest(units: readonly NamedUnit[], { ownUnitId }: UnitNames): readonly NamedUnit[] {
  const own = units.filter(({ id }) => id === ownUnitId)
  return own.length === 1 ? own : units
}

const place = /^.{0,6}?(?:区|县|市|镇|乡|街道)(?:办事处)?/u

/** As it stands, and without the place in front; 办 is 办公室. 市 in 市场监管局 is no place: so both. */
function formsOf(name: string): readonly string[] {
  const short = name.replace(/办公室$/u, '办')
  return [...new Set([short, short.replace(place, '')])].filter((form) => form.length >= 3)
}

/** Its characters in the same order, the first and the last among them: 应急局 of 应急管理局, 市监局 of 市场监督管理局. */
function isShort(forms: readonly string[], full: string): boolean {
  return forms.some((form) => {
    if (form[0] !== full[0] || form.at(-1) !== full.at(-1)) return false
    let at = 0
    for (const character of full) if (character === form[at]) at += 1
    return at === form.length
  })
}
