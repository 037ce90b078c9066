import Select from 'antd/es/select'
import type { Me } from '@bihuan/contracts'
import { useCampaignId } from './workplace.js'

export interface CampaignChoice {
  readonly id: string
  readonly name: string
}

/** Which of my units I work in. With one post there is nothing to choose, so it is only said. */
export function UnitSwitch({ me, onSwitch, busy }: { me: Me; onSwitch: (unitId: string) => void; busy: boolean }) {
  const units = [...new Map(me.grants.map((grant) => [grant.unitId, grant.unitName])).entries()]
  if (units.length < 2) {
    return (
      <span className="top-unit" title={me.unit.name}>
        {me.unit.name}
      </span>
    )
  }
  return (
    <Select
      className="top-select"
      variant="borderless"
      aria-label="我所在的单位"
      value={me.unit.id}
      loading={busy}
      popupMatchSelectWidth={false}
      options={units.map(([value, label]) => ({
        value,
        label,
        roles: me.grants.filter((grant) => grant.unitId === value).map((grant) => grant.roleName),
      }))}
      optionRender={(option) => (
        <>
          {option.data.label}
          <span className="top-option-note">{option.data.roles.join('、')}</span>
        </>
      )}
      onChange={onSwitch}
    />
  )
}

export function CampaignSwitch({ campaigns }: { campaigns: readonly CampaignChoice[] }) {
  const [campaignId, choose] = useCampaignId()
  return (
    <Select
      className="top-select top-select--campaign"
      variant="borderless"
      aria-label="我所在的行动"
      value={campaignId ?? ''}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      options={[{ value: '', label: '全部行动' }, ...campaigns.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={(value) => choose(value === '' ? null : value)}
    />
  )
}
