import type { NoticeDocument, Plan } from '@bihuan/domain'
import { takeApart, type NoticeParts } from './outline/notice-parts.js'
import type { Words } from './normalise/canonical-text.js'
import type { Part } from './outline/paragraph.js'
import { readAnnexes } from './read/annexes.js'
import { parentPlanOf, readBasis } from './read/basis.js'
import { readCampaignDates, readCampaignName } from './read/campaign.js'
import { readContacts } from './read/contacts.js'
import { readDocumentFacts } from './read/document-facts.js'
import { readCriteria, readSectors } from './read/fields.js'
import { readLeadership } from './read/leadership.js'
import { readPhases } from './read/phases.js'
import { readResponsibilities } from './read/responsibilities.js'
import { readTargets } from './read/targets.js'

/** What a notice says, as data. Never throws: what it does not find is null or empty. */
export function readPlan(document: NoticeDocument): Plan {
  const parts = takeApart(document)
  const { facts, issue } = readDocumentFacts(parts)
  const opening = openingOf(parts)
  const passages = [...parts.notice.map(({ words }) => words), ...opening]
  const annexes = readAnnexes(parts.annexes, parts.declared, issue)
  const basis = readBasis(passages, parts.planTitle)
  const { phases } = readPhases(parts.plan, issue)
  const campaign = readCampaignName(parts, passages)
  const texts = wordsOf(parts.plan)
  return {
    ...facts,
    campaign: { name: campaign.name, ...readCampaignDates(passages, parts, phases, issue) },
    basis: basis.map(({ own }) => own),
    parentPlan: parentPlanOf(basis, facts.title, campaign.name),
    leadership: readLeadership(parts.plan),
    sectors: readSectors(parts.plan).map(({ own }) => own),
    responsibilities: readResponsibilities(parts.plan),
    criteria: readCriteria([...passages, ...texts]).map(({ own }) => own),
    phases,
    duties: [],
    reports: [],
    targets: readTargets(parts.plan, annexes),
    contacts: readContacts([...parts.notice.map(({ words }) => words), ...texts]),
    annexes: annexes.map(({ annex }) => annex),
    warnings: [],
  }
}

/** What stands between the plan's title and its first heading. */
function openingOf({ plan }: NoticeParts): Words[] {
  const first = plan.findIndex((part) => part.kind === 'paragraph' && part.numbering !== null)
  return wordsOf(first < 0 ? plan.slice(0, 2) : plan.slice(0, first))
}

const wordsOf = (parts: readonly Part[]) => parts.flatMap((part) => (part.kind === 'paragraph' ? [part.words] : []))
