import { exportUnits, showUnitTree } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Segmented from 'antd/es/segmented'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { download } from '../../../shared/api/download.js'
import { failureOf, type ApiFailure } from '../../../shared/api/failure.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { useMe } from '../../../shared/session/me.js'
import { TreePane } from '../../../shared/show/tree-pane.js'
import { Answered } from '../../../shared/states/answered.js'
import { Empty } from '../../../shared/states/empty.js'
import { Problem } from '../../../shared/states/problem.js'
import { UnitAct } from '../components/unit-acts.js'
import { UnitView } from '../components/unit-view.js'
import { TreeWhen } from '../components/tree-when.js'
import { treeNodes, type TreeAnswer } from '../components/unit-tree.js'
import '../components/organization.css'

/** The tree at the left, the chosen unit at the right, and what is done to it in a panel. All of it stands in the address. */
export function UnitsPage() {
  const [get, change] = useAddressState()
  const navigate = useNavigate()
  const phone = usePhone()
  const me = useMe()
  const [trouble, setTrouble] = useState<ApiFailure | null>(null)
  const axis = get('axis') === 'line' ? 'line' : 'territory'
  const [on, knownAt] = [get('on'), get('knownAt')]
  const tree = useRoute(
    showUnitTree,
    { query: { axis, ...(on === null ? {} : { on }), ...(knownAt === null ? {} : { knownAt: Number(knownAt) }) } },
    { keep: true },
  )
  const asked = get('unit')
  const chosen = asked ?? (phone ? null : me.unit.id)
  const [act, id] = [get('do'), get('of')]
  const may = tree.data?.abilities ?? {}
  const close = () => change({ do: null, of: null })
  const exportAll = () => {
    setTrouble(null)
    download(exportUnits, {}).catch((thrown: unknown) => setTrouble(failureOf(thrown)))
  }
  const acts = (
    <>
      {may['export'] && !phone && <Button onClick={exportAll}>导出</Button>}
      {may['import'] && !phone && <Button onClick={() => void navigate('/units/import')}>导入</Button>}
      {may['add'] && (
        <Button type="primary" onClick={() => change({ do: 'add', of: null })}>
          登记单位
        </Button>
      )}
    </>
  )
  return (
    <Page title="单位与人员" kind="fill" acts={acts}>
      {trouble && <Problem failure={trouble} />}
      <div className="units">
        {(!phone || chosen === null) && (
          <div className="units-tree">
            <Segmented
              block
              options={[
                { label: '属地（块）', value: 'territory' },
                { label: '条线（条）', value: 'line' },
              ]}
              value={axis}
              onChange={(value) => change({ axis: value === 'territory' ? null : value })}
            />
            <TreeWhen on={on} knownAt={knownAt} head={tree.data?.head ?? null} onChange={change} />
            <Answered answer={tree} loading="list">
              {(answer) => (
                <Tree answer={answer} chosen={chosen} onChoose={(unit) => change({ unit, do: null, of: null })} />
              )}
            </Answered>
          </div>
        )}
        {chosen !== null ? (
          <UnitView
            key={chosen}
            unitId={chosen}
            {...(phone ? { onBack: () => change({ unit: null, do: null, of: null }) } : {})}
          />
        ) : (
          !phone && <Empty what="从左边选一个单位" how="这里显示它的隶属关系、责任分工和人员。" />
        )}
        {act !== null && (
          <UnitAct key={`${act} ${id ?? ''} ${chosen ?? ''}`} act={act} unitId={chosen} of={id} onClose={close} />
        )}
      </div>
    </Page>
  )
}

function Tree({
  answer,
  chosen,
  onChoose,
}: {
  answer: TreeAnswer
  chosen: string | null
  onChoose: (id: string) => void
}) {
  const roots = useMemo(() => treeNodes(answer), [answer])
  return roots.length === 0 ? (
    <Empty
      what="这一天还没有单位"
      how={
        answer.knownAt === null ? '换一个日期看看。' : `账本第 ${answer.knownAt} 号之前，还没有登记这一天的隶属关系。`
      }
    />
  ) : (
    <TreePane
      key={`${answer.axis} ${roots[0]?.id ?? ''}`}
      label="单位"
      roots={roots}
      chosen={chosen}
      onChoose={onChoose}
      searchHint="查找单位"
    />
  )
}
