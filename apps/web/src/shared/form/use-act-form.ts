import Form, { type FormInstance } from 'antd/es/form'
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useDraft, type DraftKeeping } from './use-draft.js'

export interface ActFormGiven<Values> {
  /** Name of the draft, unique to what is filled in: `hazard.register.<campaign>`. Null keeps none, and leaving asks. */
  readonly draft: string | null
  readonly initial?: Partial<Values>
}

export interface ActFormState<Values> {
  readonly form: FormInstance<Values>
  readonly initial: Partial<Values>
  readonly draft: DraftKeeping<Values>
  readonly dirty: boolean
  /** True from `done` on, at once: whoever navigates in the same breath must not be asked whether to leave. */
  readonly settled: RefObject<boolean>
  readonly touch: () => void
  readonly saveNow: () => void
  /** Sent: the draft goes, and leaving is free. */
  readonly done: () => void
  /** Back to the initial values, and the draft goes. */
  readonly discard: () => void
}

const draftPause = 1_000

export function useActForm<Values extends object>({
  draft: key,
  initial = {},
}: ActFormGiven<Values>): ActFormState<Values> {
  const [form] = Form.useForm<Values>()
  const draft = useDraft<Values>(key)
  const [first] = useState<Partial<Values>>(() => ({ ...initial, ...draft.found?.values }))
  const [dirty, setDirty] = useState(false)
  const timer = useRef<number>(undefined)
  const settled = useRef(false)
  const { save, drop } = draft

  const saveNow = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = undefined
    save(form.getFieldsValue(true) as Values)
  }, [form, save])
  const touch = useCallback(() => {
    settled.current = false
    setDirty(true)
    clearTimeout(timer.current)
    timer.current = window.setTimeout(saveNow, draftPause)
  }, [saveNow])
  const done = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = undefined
    settled.current = true
    setDirty(false)
    drop()
  }, [drop])
  const discard = useCallback(() => {
    done()
    form.setFieldsValue(
      Object.fromEntries(Object.keys(form.getFieldsValue(true) as object).map((name) => [name, undefined])) as never,
    )
    form.setFieldsValue(initial)
  }, [done, form, initial])

  // Leaving within the pause must not lose the last words.
  useEffect(() => {
    const flush = () => {
      if (timer.current !== undefined) saveNow()
    }
    addEventListener('pagehide', flush)
    return () => {
      removeEventListener('pagehide', flush)
      flush()
    }
  }, [saveNow])

  return useMemo(
    () => ({ form, initial: first, draft, dirty, settled, touch, saveNow, done, discard }),
    [form, first, draft, dirty, touch, saveNow, done, discard],
  )
}
