import { useEffect } from 'react'
import { useRouteError } from 'react-router'
import { failureOf } from '../shared/api/failure.js'
import { Failed } from '../shared/states/failed.js'

const reloaded = 'bihuan.reloaded-for'

/** A chunk that cannot be fetched is, nearly always, a release that came while the tab was open: load again, once. */
export function PageFailed() {
  const thrown = useRouteError()
  const stale = thrown instanceof TypeError && /import|module|fetch/i.test(thrown.message)
  useEffect(() => {
    if (stale && sessionStorage.getItem(reloaded) !== location.pathname) {
      sessionStorage.setItem(reloaded, location.pathname)
      location.reload()
    }
  }, [stale])
  return <Failed failure={failureOf(thrown)} onRetry={() => location.reload()} />
}
