import { logOut, switchUnit, whoAmI } from '@bihuan/contracts'
import App from 'antd/es/app'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate, Outlet, useLocation, useNavigate, useNavigation } from 'react-router'
import { routeKey } from '../shared/api/use-route.js'
import { useAct } from '../shared/api/use-act.js'
import { apartEntries, dayEntries, entriesFor } from '../shared/layout/entries.js'
import { DeskSections } from '../shared/layout/feature.js'
import { Frame } from '../shared/layout/frame.js'
import { loginAddress } from '../shared/session/back.js'
import { can, MeProvider, useWhoAmI } from '../shared/session/me.js'
import { Answered } from '../shared/states/answered.js'
import { Loading } from '../shared/states/loading.js'
import { features, pageExists } from './features.js'

const desk = features.flatMap((feature) => feature.desk ?? []).sort((a, b) => a.order - b.order)

/** Everything that needs somebody: who I am, the frame around the pages, and antd's messages and dialogs. */
export function Shell() {
  const whoAmIAnswer = useWhoAmI()
  const client = useQueryClient()
  const navigate = useNavigate()
  const navigation = useNavigation()
  const { pathname, search } = useLocation()

  const leave = useAct(logOut, {
    onDone: async () => {
      await navigate('/login', { replace: true })
      // What I saw is not for whoever sits here next.
      client.clear()
    },
  })
  const change = useAct(switchUnit, {
    onDone: async (me) => {
      await navigate('/')
      // Another unit sees other rows: nothing that was fetched holds.
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== whoAmI.name })
      client.setQueryData(routeKey(whoAmI, {}), me)
    },
  })

  return (
    <Answered answer={whoAmIAnswer.error?.status === 401 ? { data: undefined, error: null } : whoAmIAnswer}>
      {(me) => {
        if (me.mustChangePassword) {
          const back = new URLSearchParams(loginAddress(pathname, search).split('?')[1])
          return <Navigate to={`/first-login?${back.toString()}`} replace />
        }
        const searchPlaces = features.flatMap((one) => (one.search && can(me, one.search.ability) ? [one.search] : []))
        return (
          <MeProvider me={me}>
            <DeskSections value={desk}>
              <App component={false}>
                <Frame
                  me={me}
                  day={entriesFor(dayEntries, me, pageExists)}
                  apart={entriesFor(apartEntries, me, pageExists)}
                  campaigns={[]}
                  search={{ places: searchPlaces }}
                  onSwitchUnit={(unitId) => void change.act({ body: { unitId } })}
                  switching={change.pending}
                  onLogOut={() => void leave.act({})}
                >
                  {navigation.state === 'loading' && navigation.location.pathname !== pathname ? (
                    <Loading />
                  ) : (
                    <Outlet />
                  )}
                </Frame>
              </App>
            </DeskSections>
          </MeProvider>
        )
      }}
    </Answered>
  )
}
