import { whoAmI, type Me } from '@bihuan/contracts'
import { createContext, useContext, type ReactNode } from 'react'
import { useRoute, type Asked } from '../api/use-route.js'

const Current = createContext<Me | null>(null)

/** Who is logged in; asked once and kept fresh, because abilities change when a role is given. */
export function useWhoAmI(): Asked<Me> {
  return useRoute(whoAmI, {}, { staleMs: 60_000 })
}

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <Current value={me}>{children}</Current>
}

/** Inside the frame there is always somebody. */
export function useMe(): Me {
  const me = useContext(Current)
  if (!me) throw new Error('useMe outside MeProvider')
  return me
}

/** The server's own answer; the web never asks for a role. */
export function can(me: Pick<Me, 'abilities'>, ...anyOf: readonly string[]): boolean {
  return anyOf.length === 0 || anyOf.some((ability) => me.abilities[ability] === true)
}

export function useCan(...anyOf: readonly string[]): boolean {
  return can(useMe(), ...anyOf)
}
