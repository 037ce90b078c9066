import { chooseEnterprise, listHazards, type Me } from '@bihuan/contracts'
import { call } from '../shared/api/call.js'
import type { Hit } from '../shared/layout/top-search.js'
import { can } from '../shared/session/me.js'
import { pageExists } from './features.js'

const few = 5

/** The top search: any fragment or code, in every kind of thing that I may read and that has a page. One kind failing leaves the others. */
export function findAnything(me: Me): (text: string, signal: AbortSignal) => Promise<readonly Hit[]> {
  return async (text, signal) => {
    const found = await Promise.allSettled([
      can(me, 'hazard.read') && pageExists('/hazards') ? hazards(text, signal) : [],
      can(me, 'enterprise.read') && pageExists('/enterprises') ? enterprises(text, signal) : [],
    ])
    return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  }
}

async function hazards(text: string, signal: AbortSignal): Promise<Hit[]> {
  const { items } = await call(listHazards, { query: { q: text, limit: few, total: 'no' } }, { signal })
  return items.map((hazard) => ({
    to: `/hazards/${hazard.id}`,
    title: `${hazard.code} ${hazard.description}`,
    note: hazard.subjectName,
  }))
}

async function enterprises(text: string, signal: AbortSignal): Promise<Hit[]> {
  const { items } = await call(chooseEnterprise, { query: { search: text, limit: few } }, { signal })
  return items.map((one) => ({
    to: `/enterprises/${one.id}`,
    title: one.name,
    note: one.territoryName ?? '企业',
  }))
}
