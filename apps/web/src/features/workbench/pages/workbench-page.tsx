import { lazy, Suspense, useMemo } from 'react'
import { useDeskSections } from '../../../shared/layout/feature.js'
import { Page } from '../../../shared/layout/page.js'
import { useMe, can } from '../../../shared/session/me.js'
import { documentDate } from '../../../shared/show/dates.js'
import { Empty } from '../../../shared/states/empty.js'
import { Loading } from '../../../shared/states/loading.js'

/** To-do first: each feature brings the section of what waits in it, in the order that an officer works them off. */
export function WorkbenchPage() {
  const me = useMe()
  const all = useDeskSections()
  const sections = useMemo(() => all.map(({ load, ...rest }) => ({ ...rest, Section: lazy(load) })), [all])
  const mine = sections.filter(({ ability }) => ability === undefined || can(me, ability))

  return (
    <Page title="工作台" note={documentDate(me.today)}>
      {mine.map(({ key, Section }) => (
        <Suspense key={key} fallback={<Loading shape="list" rows={3} columns={4} />}>
          <Section />
        </Suspense>
      ))}
      {mine.every(({ ability }) => ability === undefined) && (
        <Empty
          what="这里将列出该您办的事"
          how="到期、超期、被退回、等您签字的，每件都带着时限和下一步。眼下没有哪项工作归您办。"
        />
      )}
    </Page>
  )
}
