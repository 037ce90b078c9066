import type { Route } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import { useEffect, useMemo, type ReactNode } from 'react'
import type { Act } from '../api/use-act.js'
import { useShortcut } from '../layout/shortcut.js'
import { instantText } from '../show/dates.js'
import { Problem } from '../states/problem.js'
import { LeaveGuard } from './leave-guard.js'
import { placeErrors } from './places.js'
import type { ActFormState } from './use-act-form.js'
import './form.css'

export interface ActFormProps<Values extends object, R extends Route> {
  readonly form: ActFormState<Values>
  readonly act: Pick<Act<R>, 'pending' | 'failure' | 'progress'>
  /** The verb on the button: 登记, 提交, 签字. */
  readonly submit: string
  readonly onSubmit: (values: Values) => unknown
  readonly onCancel?: () => void
  /** Beside the main button: another way to end the form, as 存为草稿. */
  readonly also?: ReactNode
  /** In a panel or dialog one column, on a page two where there is room. */
  readonly columns?: 1 | 2
  readonly children: ReactNode
}

export function ActForm<Values extends object, R extends Route>(props: ActFormProps<Values, R>) {
  const { form: state, act, submit, onSubmit, onCancel, also, columns = 1, children } = props
  const { form, draft } = state
  const { failure } = act
  const placed = useMemo(
    () =>
      failure
        ? placeErrors(
            failure.places,
            form.getFieldsError().map((field) => field.name),
          )
        : null,
    [failure, form],
  )

  // The places that the server names become errors of the fields; the first one is brought into sight.
  useEffect(() => {
    if (!placed) return
    form.setFields(placed.fields as never)
    const first = placed.fields[0]
    if (first) form.scrollToField(first.name, { block: 'center', focus: true })
  }, [placed, form])

  useShortcut('mod+s', state.saveNow)
  useShortcut('mod+Enter', () => form.submit())

  return (
    <Form<Values>
      form={form}
      className={`act-form act-form--${columns}`}
      layout="vertical"
      initialValues={state.initial}
      disabled={act.pending}
      requiredMark="optional"
      scrollToFirstError={{ block: 'center', focus: true }}
      onValuesChange={state.touch}
      onFinish={(values) => {
        if (!act.pending) onSubmit(values)
      }}
    >
      {draft.found && draft.savedAt !== null && (
        <p className="act-form-found">
          已恢复 {instantText(draft.found.savedAt)} 的草稿。
          <button type="button" className="linkish" onClick={state.discard}>
            丢弃草稿
          </button>
        </p>
      )}
      {failure && <Problem failure={failure} places={placed?.elsewhere ?? failure.places} />}
      <div className="act-form-fields">{children}</div>
      <div className="act-form-foot">
        <Button type="primary" htmlType="submit" loading={act.pending} title="Ctrl+Enter">
          {act.pending && act.progress !== null ? `正在上传 ${Math.round(act.progress * 100)}%` : submit}
        </Button>
        {also}
        {onCancel && (
          <Button onClick={onCancel} disabled={act.pending}>
            取消
          </Button>
        )}
        <span className="quiet" aria-live="polite">
          {draft.refused
            ? '浏览器不允许存草稿，请先不要离开本页'
            : draft.savedAt !== null && `草稿已存 ${instantText(draft.savedAt)}`}
        </span>
      </div>
      <LeaveGuard when={state.dirty && (draft.refused || draft.savedAt === null)} settled={state.settled} />
    </Form>
  )
}
