import { listCampaigns, logOut, switchUnit, whoAmI, type Me } from '@bihuan/contracts'
import App from 'antd/es/app'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Navigate, Outlet, useLocation, useNavigate, useNavigation } from 'react-router'
import { routeKey, useRoute } from '../shared/api/use-route.js'
import { useAct } from '../shared/api/use-act.js'
import { apartEntries, dayEntries, entriesFor } from '../shared/layout/entries.js'
import { DeskSections } from '../shared/layout/feature.js'
import { Frame } from '../shared/layout/frame.js'
import { loginAddress } from '../shared/session/back.js'
import { can, MeProvider, useWhoAmI } from '../shared/session/me.js'
import { Answered } from '../shared/states/answered.js'
import { Loading } from '../shared/states/loading.js'
import { useCampaignId } from '../shared/layout/workplace.js'
import { features, pageExists } from './features.js'
import { findAnything } from './find-anything.js'

const desk = features.flatMap((feature) => feature.desk ?? []).sort((a, b) => a.order - b.order)

/** Everything that needs somebody. Who has to change a password first gets no further. */
export function Shell() {
  const whoAmIAnswer = useWhoAmI()
  const { pathname, search } = useLocation()
  // After a 401 the way to the log-in page is already being taken.
  const leaving = whoAmIAnswer.error?.status === 401
  return (
    <Answered answer={leaving ? { data: undefined, error: null } : whoAmIAnswer}>
      {(me) => {
        if (me.mustChangePassword) return <Navigate to={`/first-login?${backQuery(pathname, search)}`} replace />
        // Another unit sees other rows: the pages begin anew with it.
        return <Inside key={me.unit.id} me={me} />
      }}
    </Answered>
  )
}

/** The frame around the pages, and antd's messages and dialogs. */
function Inside({ me }: { me: Me }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const navigation = useNavigation()
  const { pathname } = useLocation()
  const [campaignId] = useCampaignId()
  const campaigns = useRoute(listCampaigns, { query: {} }, { when: can(me, 'campaign.read'), staleMs: 300_000 })

  const leave = useAct(logOut, {
    onDone: async () => {
      await navigate('/login', { replace: true })
      // What I saw is not for whoever sits here next.
      client.clear()
    },
  })
  const change = useAct(switchUnit, {
    onDone: async (now) => {
      await navigate('/')
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== whoAmI.name })
      client.setQueryData(routeKey(whoAmI, {}), now)
    },
  })
  const find = useMemo(() => findAnything(me), [me])
  const places = features.flatMap((one) => (one.search && can(me, one.search.ability) ? [one.search] : []))
  const known = campaigns.data?.items ?? []
  const another =
    campaignId !== null && !known.some(({ id }) => id === campaignId) ? [{ id: campaignId, name: '链接中的行动' }] : []

  return (
    <MeProvider me={me}>
      <DeskSections value={desk}>
        <App component={false}>
          <Frame
            me={me}
            day={entriesFor(dayEntries, me, pageExists)}
            apart={entriesFor(apartEntries, me, pageExists)}
            campaigns={[...known, ...another]}
            search={{ places, find }}
            onSwitchUnit={(unitId) => void change.act({ body: { unitId } })}
            switching={change.pending}
            onLogOut={() => void leave.act({})}
          >
            {navigation.state === 'loading' && navigation.location.pathname !== pathname ? <Loading /> : <Outlet />}
          </Frame>
        </App>
      </DeskSections>
    </MeProvider>
  )
}

function backQuery(pathname: string, search: string): string {
  return loginAddress(pathname, search).split('?')[1] ?? ''
}
