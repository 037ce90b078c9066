import { describe, expect, it } from 'vitest'
import { WORD } from '../report/narrative.js'
import { decideSubPlan, type SubPlanContext } from './sub-plan-keeping.js'

describe('a unit’s own plan', () => {
  const codeOf = (mediaType: string, context: Partial<SubPlanContext> = {}) => {
    const decision = decideSubPlan({ name: '方案', mediaType }, { status: 'running', filedBy: null, ...context })
    return decision.ok ? null : decision.refusal.code
  }

  it('is a Word document or a scan, of a campaign that runs', () => {
    expect(codeOf(WORD)).toBeNull()
    expect(codeOf('application/pdf')).toBeNull()
    expect(codeOf('image/png')).toBe('sub-plan.not-a-document')
    expect(codeOf(WORD, { status: 'preparing' })).toBe('campaign.not-running')
    expect(codeOf(WORD, { status: 'closed' })).toBe('campaign.closed')
  })

  it('is not kept twice where the campaign has it put on record', () => {
    expect(codeOf(WORD, { filedBy: { title: '实施方案备案' } })).toBe('sub-plan.filed-by-return')
  })
})
