import type { BodyOf, HazardPage, Me, registerHazard } from '@bihuan/contracts'
import type { Photo } from '../../../shared/form/photos-field.js'
import { fileAddress } from './hazard-files.js'

export type Details = BodyOf<typeof registerHazard>['details']
type Subject = NonNullable<Details['subject']>

/** The form's own spelling of what is registered: people by name, photos with where to see them. */
export interface DetailsForm {
  readonly campaignId: string | null
  readonly subject: Subject | null
  readonly territoryUnitId: string | null
  readonly sector: string
  readonly source: Details['source']
  readonly finder: string
  readonly foundOn: string | null
  readonly description: string
  readonly placeText: string
  readonly position: Details['position']
  readonly level: string
  readonly remark: string
  readonly evidenceFileIds: readonly Photo[]
  readonly grade: Details['grade']
  readonly gradeReason: string
  readonly standard: string
  readonly item: string
  readonly named: { readonly finding: string; readonly rectifying: string; readonly controlling: string }
  readonly deadline: string | null
  readonly responsibleUnitId: string | null
  readonly authorityUnitId: string | null
}

export interface RegisterValues {
  readonly details: DetailsForm
  /** Of a correction. */
  readonly reason?: string
}

export function blankForm(me: Me, campaignId: string | null): DetailsForm {
  const firm = me.unit.kind === 'enterprise'
  return {
    campaignId,
    subject: firm ? { kind: 'enterprise', id: me.unit.id, name: me.unit.name } : null,
    territoryUnitId: isPlaceKind(me.unit.kind) ? me.unit.id : null,
    sector: '',
    source: firm ? 'self-check' : 'inspection',
    finder: me.personName,
    foundOn: me.today,
    description: '',
    placeText: '',
    position: null,
    level: '',
    remark: '',
    evidenceFileIds: [],
    grade: null,
    gradeReason: '',
    standard: '',
    item: '',
    named: { finding: '', rectifying: '', controlling: '' },
    deadline: null,
    responsibleUnitId: firm ? me.unit.id : null,
    authorityUnitId: firm ? null : me.unit.id,
  }
}

function isPlaceKind(kind: string): boolean {
  return ['town', 'township', 'street', 'village', 'community'].includes(kind)
}

export function formOf({ hazard, files }: HazardPage): DetailsForm {
  return {
    ...hazard,
    sector: hazard.sector ?? '',
    finder: hazard.finder?.name ?? '',
    evidenceFileIds: hazard.evidenceFileIds.map((id) => ({
      id,
      name: files.find((file) => file.id === id)?.name ?? '',
      url: fileAddress(hazard.id, id),
    })),
    standard: hazard.criteriaItem?.standard ?? '',
    item: hazard.criteriaItem?.item ?? '',
    named: {
      finding: hazard.named.finding?.name ?? '',
      rectifying: hazard.named.rectifying?.name ?? '',
      controlling: hazard.named.controlling?.name ?? '',
    },
  }
}

type Person = { personId: string | null; name: string }

/** What is sent. `before` keeps people known by their account where the name was not touched. */
export function detailsOf(form: DetailsForm, me: Me, before: HazardPage['hazard'] | null = null): Details {
  const person = (name: string, known: Person | null | undefined): Person | null => {
    const typed = name.trim()
    if (typed === '') return null
    if (known?.name === typed) return { personId: known.personId, name: typed }
    return { personId: typed === me.personName ? me.accountId : null, name: typed }
  }
  return {
    campaignId: form.campaignId,
    subject: form.subject && form.subject.name.trim() !== '' ? form.subject : null,
    territoryUnitId: form.territoryUnitId ?? null,
    sector: form.sector.trim() === '' ? null : form.sector.trim(),
    source: form.source,
    finder: finderOf(form, me, before?.finder ?? null),
    foundOn: form.foundOn ?? null,
    description: form.description,
    placeText: form.placeText,
    position: form.position,
    level: form.level,
    remark: form.remark,
    evidenceFileIds: form.evidenceFileIds.map(({ id }) => id),
    grade: form.grade ?? null,
    gradeReason: form.gradeReason,
    criteriaItem: form.standard.trim() === '' ? null : { standard: form.standard.trim(), item: form.item.trim() },
    named: {
      finding: person(form.named.finding, before?.named.finding),
      rectifying: person(form.named.rectifying, before?.named.rectifying),
      controlling: person(form.named.controlling, before?.named.controlling),
    },
    deadline: form.deadline ?? null,
    responsibleUnitId: form.responsibleUnitId ?? null,
    authorityUnitId: form.authorityUnitId ?? null,
  }
}

/** 企业自查 was found by somebody of the firm; anything else by somebody of the registering unit, unless it says otherwise. */
function finderOf(form: DetailsForm, me: Me, before: Details['finder']): Details['finder'] {
  const name = form.finder.trim()
  if (name === '') return null
  const byFirm = form.source === 'self-check'
  if (before?.name === name && (before.side === 'enterprise') === byFirm) return before
  if (byFirm && me.unit.kind !== 'enterprise') {
    return {
      personId: null,
      name,
      unitId: form.subject?.kind === 'enterprise' ? form.subject.id : null,
      side: 'enterprise',
    }
  }
  const side =
    me.unit.kind === 'enterprise' ? 'enterprise' : me.unit.kind === 'department' ? 'department' : 'government'
  return { personId: name === me.personName ? me.accountId : null, name, unitId: me.unit.id, side }
}

const correctable = [
  ...(['subject', 'territoryUnitId', 'sector', 'source', 'finder', 'foundOn', 'description', 'placeText'] as const),
  ...(['position', 'level', 'remark', 'evidenceFileIds', 'named'] as const),
] as const

/** Only what was changed goes into a correction, so that its sentence names nothing else. */
export function changesOf(after: Details, before: Details): Partial<Pick<Details, (typeof correctable)[number]>> {
  return Object.fromEntries(
    correctable
      .filter((field) => JSON.stringify(after[field]) !== JSON.stringify(before[field]))
      .map((field) => [field, after[field]]),
  )
}
