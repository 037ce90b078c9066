import type { EnterpriseView } from '@bihuan/contracts'
import { expect, test } from 'vitest'
import { changesOf, inputOf, valuesOf } from './form-values.js'

const view: EnterpriseView = {
  id: '01',
  version: 3,
  name: '柳河家具厂',
  creditCode: '91360100MA00000H5K',
  alternativeKey: null,
  leadSector: '工贸',
  otherSectors: ['仓储'],
  size: 'small-micro',
  employees: 20,
  flags: { highRisk: true, crowded: false, labourIntensive: false, keySupervised: false, stateOwned: false },
  principal: { name: '周青', phone: '138****1234' },
  safetyManager: null,
  address: '柳河路1号',
  position: null,
  status: 'operating',
  territory: { id: 't', name: '柳河镇' },
  leadRegulator: null,
  otherRegulators: [],
  landlord: null,
  changedAt: '2023-06-16T01:00:00.000Z',
}

test('a form that was opened and not touched sends nothing, and never a masked number', () => {
  expect(changesOf(view, valuesOf(view))).toEqual({})
  expect(JSON.stringify(valuesOf(view))).not.toContain('****')
})

test('only what was changed is sent; a person renamed keeps the number that was not shown', () => {
  const values = { ...valuesOf(view), employees: 31, principal: { name: '周青云' } }
  expect(changesOf(view, values)).toEqual({ employees: 31, principal: { name: '周青云' } })
  expect(changesOf(view, { ...valuesOf(view), principal: {} })).toEqual({ principal: null })
  expect(changesOf(view, { ...valuesOf(view), flags: [] })).toMatchObject({ flags: { highRisk: false } })
})

test('what is registered has each contact whole: no number is none', () => {
  expect(inputOf({ principal: { name: ' 周青 ' }, safetyManager: { phone: '13800001234' } }, false)).toMatchObject({
    principal: { name: '周青', phone: null },
    safetyManager: { name: '', phone: '13800001234' },
    position: null,
  })
})
