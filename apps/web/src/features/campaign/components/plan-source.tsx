import { checkPlan, type ImportedNotice, type PlanCheck } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useRef, useState } from 'react'
import type { Place } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { Problem } from '../../../shared/states/problem.js'
import { NoticeSource } from './notice-source.js'
import { placeWords, type PlanBody } from './plan-draft.js'

const largest = 5 * 1024 * 1024

/** Where a campaign comes from: the data of a plan that was read, or a hand. */
export function PlanSource({
  onNotice,
  onPlan,
  onByHand,
}: {
  onNotice: (notice: ImportedNotice) => void
  onPlan: (plan: PlanBody, check: PlanCheck) => void
  onByHand: () => void
}) {
  const box = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [pasted, setPasted] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const check = useAct(checkPlan)

  const take = async (name: string, text: string) => {
    check.reset()
    let plan: unknown
    try {
      plan = JSON.parse(text)
    } catch {
      setProblem(`${name}不是方案数据：内容不完整。请选择方案读取后导出的 .json 文件。`)
      return
    }
    setProblem(null)
    const answer = await check.act({ body: { plan: plan as PlanBody } })
    if (answer !== null) onPlan(plan as PlanBody, answer)
  }
  const open = async (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > largest) setProblem(`“${file.name}”超过 5 MB，不像是一份方案的数据。`)
    else await take(`“${file.name}”`, await file.text())
  }
  return (
    <div className="source-ways">
      <NoticeSource onNotice={onNotice} />
      <section aria-label="导入方案数据">
        <h2>导入方案数据</h2>
        <p className="quiet">方案读取后导出的 .json 文件。导入后先看读懂了什么、有哪些疑点，改好再建立。</p>
        <button
          type="button"
          className={`plan-drop${over ? ' plan-drop--over' : ''}`}
          onClick={() => box.current?.click()}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            void open(event.dataTransfer.files[0])
          }}
        >
          {check.pending ? '正在核对…' : '把 .json 文件拖到这里，或点按选择'}
        </button>
        <input
          ref={box}
          type="file"
          accept=".json,application/json"
          style={{ display: 'none' }}
          onChange={(event) => {
            void open(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Input.TextArea
          aria-label="粘贴方案数据"
          placeholder="或把文件里的内容粘贴在这里"
          autoSize={{ minRows: 3, maxRows: 10 }}
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
        />
        {pasted.trim() !== '' && (
          <p>
            <Button loading={check.pending} onClick={() => void take('粘贴的内容', pasted)}>
              核对
            </Button>
          </p>
        )}
        {problem !== null && (
          <div className="problem" role="alert">
            {problem}
          </div>
        )}
        {check.failure && <Problem failure={check.failure} places={saidPlaces(check.failure.places)} />}
      </section>
      <section aria-label="手工建立">
        <h2>手工建立</h2>
        <p className="quiet">没有方案数据时，自己填写名称、起止、阶段、任务、调度表和清单。随时自动存草稿。</p>
        <Button onClick={onByHand}>手工填写</Button>
      </section>
    </div>
  )
}

/** What is missing altogether is said in one line: a file that is no plan lacks nearly everything. */
function saidPlaces(places: readonly Place[]): Place[] {
  const missing = places.filter((place) => place.path !== undefined && place.message.endsWith('undefined'))
  const wrong = places.filter((place) => !missing.includes(place))
  return [
    ...(missing.length > 0
      ? [{ message: `缺少：${[...new Set(missing.map((place) => placeWords(place.path ?? '')))].join('、')}` }]
      : []),
    ...wrong.slice(0, 20).map((place) => ({
      ...place,
      message: `${place.path === undefined ? '' : `${placeWords(place.path)}：`}${place.message}`,
    })),
  ]
}
