import {
  actOnHazard,
  listHazards,
  listHazardViews,
  showHazard,
  showWorkbench,
  sumHazards,
  type HazardPage,
} from '@bihuan/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiFailure } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { routeKey } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { useMe } from '../../../shared/session/me.js'
import { ActFields } from './act-fields.js'
import type { ActChoice } from './act-order.js'
import { actOf, initialValues, type ActValues } from './act-values.js'
import { HazardHistory } from './hazard-parts.js'

export interface ActPanelProps {
  readonly page: HazardPage
  readonly choice: ActChoice
  readonly onClose: () => void
}

/** One act with its form, in the place where the acts stood. What was typed stays when somebody else was faster. */
export function ActPanel({ page, choice, onClose }: ActPanelProps) {
  const me = useMe()
  const client = useQueryClient()
  const { hazard } = page
  const commands = choice.commands.filter((command) => page.abilities[command] === true)
  const form = useActForm<ActValues>({
    draft: `hazard.act.${hazard.id}.${choice.key}`,
    initial: initialValues(commands.length > 0 ? commands : choice.commands, page, me),
  })
  const [faster, setFaster] = useState<{ since: number; message: string } | null>(null)
  const keep = (next: HazardPage) =>
    client.setQueryData(routeKey(showHazard, { params: { hazardId: hazard.id } }), next)
  const act = useAct(actOnHazard, {
    refreshes: [listHazards, sumHazards, listHazardViews, showWorkbench],
    onDone: (next) => {
      form.done()
      keep(next)
      onClose()
    },
    onFailed: (failure) => {
      const current = presentStateOf(failure)
      if (current === null) return
      setFaster({ since: hazard.version, message: failure.message })
      keep(current)
    },
  })
  useShortcut('Escape', onClose)
  const allowed = commands.length > 0

  return (
    <section className="hz-act" aria-label={choice.label}>
      <div className="hz-act-head">
        <h2>{choice.label}</h2>
        <span className="quiet">{hazard.code}</span>
      </div>
      {faster && (
        <div className="hz-faster" role="alert">
          <p>{faster.message}</p>
          <p className="hz-faster-title">在您填写的时候：</p>
          <HazardHistory page={{ ...page, events: page.events.filter(({ ordinal }) => ordinal > faster.since) }} />
          <p>
            {allowed
              ? '您填的内容还在。看过之后仍要办理，请再提交一次。'
              : `现在不能再“${choice.label}”了，请收起表单，按现在的状态办理。`}
          </p>
        </div>
      )}
      <ActForm
        form={form}
        act={{ ...act, failure: act.failure && presentStateOf(act.failure) !== null ? null : act.failure }}
        submit={faster ? `仍然${choice.label}` : choice.label}
        onCancel={onClose}
        onSubmit={(values) => {
          // A choice of one has no field: what was kept of an earlier form must not decide.
          const asked = values.command && commands.includes(values.command) ? values.command : commands[0]
          if (asked)
            void act.act({
              params: { hazardId: hazard.id },
              body: { version: hazard.version, act: actOf(asked, values, me) },
            })
        }}
      >
        <ActFields choice={choice.key} page={page} />
      </ActForm>
    </section>
  )
}

/** Of a conflict, the hazard as it stands now. */
function presentStateOf(failure: ApiFailure): HazardPage | null {
  if (failure.code !== 'hazard.changed-meanwhile') return null
  return (failure.current as HazardPage | undefined) ?? null
}
