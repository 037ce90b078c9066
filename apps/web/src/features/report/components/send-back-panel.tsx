import { actOnReturn, type ReturnPage } from '@bihuan/contracts'
import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import type { DraftKeeping } from '../../../shared/form/use-draft.js'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { pointsOf } from './return-points.js'
import { ReturnProblem, useReturnAct } from './return-acting.js'

/** What is being written about a return that goes back: by cell, and about the whole. */
export interface SendingBack {
  readonly general: string
  readonly cells: readonly { readonly cell: string; readonly text: string }[]
}
export const nothingSaid: SendingBack = { general: '', cells: [] }

/** A cell that is pressed once more keeps what was written. */
export function withCell(said: SendingBack, cell: string): SendingBack {
  return said.cells.some((one) => one.cell === cell) ? said : { ...said, cells: [...said.cells, { cell, text: '' }] }
}

export interface SendBackPanelProps {
  readonly page: ReturnPage
  readonly said: SendingBack
  readonly onSay: (said: SendingBack) => void
  readonly draft: Pick<DraftKeeping<SendingBack>, 'drop'>
  readonly onReload: () => Promise<unknown>
  readonly onClose: () => void
}

/** While it stands open, a press on a cell of the sheet is a remark at that cell. */
export function SendBackPanel({ page, said, onSay, draft, onReload, onClose }: SendBackPanelProps) {
  const act = useReturnAct(actOnReturn, page, () => {
    draft.drop()
    onSay(nothingSaid)
    onClose()
  })
  const points = pointsOf(page)
  const pointAt = new Map(points.map((point) => [point.key, point]))
  const what = page.content === null ? '一格' : '一处'
  const remarks = [{ cell: null, text: said.general }, ...said.cells].filter(({ text }) => text.trim() !== '')
  const send = () => {
    if (remarks.length === 0 || act.pending) return
    void act.act({
      params: { returnId: page.id },
      body: { version: page.version, act: { kind: 'send-back', remarks } },
    })
  }
  useShortcut('mod+Enter', send)
  return (
    <SidePanel label="退回" title="退回" width={400} onClose={onClose}>
      <form
        className="sign"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <p>
          退回给“{page.unitName}”修改后重新上报。
          {page.content === null ? '点表中有问题的格子写意见，也可以在这里选。' : '意见可以写在有问题的要点或文件上。'}
        </p>
        <Select
          aria-label={`选${what}写意见`}
          placeholder={`选${what}写意见`}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          options={points.map(({ key, label, text }) => ({ value: key, label: `${label}（${text}）` }))}
          onChange={(cell: string) => onSay(withCell(said, cell))}
        />
        {said.cells.map(({ cell, text }, index) => (
          <label key={cell} className="sign-field">
            <span className="remark-head">
              <span>
                {pointAt.get(cell)?.label}
                <span className="quiet"> {pointAt.get(cell)?.text}</span>
              </span>
              <button
                type="button"
                className="bare"
                aria-label="去掉这条意见"
                onClick={() => onSay({ ...said, cells: said.cells.filter((one) => one.cell !== cell) })}
              >
                <CloseOutlined aria-hidden />
              </button>
            </span>
            <Input.TextArea
              aria-label={`对“${pointAt.get(cell)?.label ?? ''}”的意见`}
              autoFocus={index === said.cells.length - 1 && text === ''}
              autoSize={{ minRows: 1, maxRows: 5 }}
              maxLength={500}
              value={text}
              onChange={(event) =>
                onSay({
                  ...said,
                  cells: said.cells.map((one) => (one.cell === cell ? { cell, text: event.target.value } : one)),
                })
              }
            />
          </label>
        ))}
        <label className="sign-field">
          <span>总的意见</span>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={500}
            value={said.general}
            onChange={(event) => onSay({ ...said, general: event.target.value })}
          />
        </label>
        <ReturnProblem failure={act.failure} onReload={() => onReload().then(act.reset)} />
        <div className="sign-acts">
          <Button
            danger
            type="primary"
            htmlType="submit"
            disabled={remarks.length === 0}
            loading={act.pending}
            title="Ctrl+Enter"
          >
            退回
          </Button>
          <Button onClick={onClose}>取消</Button>
          {remarks.length === 0 && <span className="quiet">请先写明退回的原因</span>}
        </div>
      </form>
    </SidePanel>
  )
}
