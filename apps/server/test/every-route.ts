/** Every route that the contracts describe, found by walking what they export: a new one is in the matrix before anybody thinks of it. */
import * as contracts from '@bihuan/contracts'
import type { Route } from '@bihuan/contracts'

export function everyRoute(): readonly Route[] {
  return Object.values(contracts as Readonly<Record<string, unknown>>).filter(isRoute)
}

function isRoute(value: unknown): value is Route {
  if (typeof value !== 'object' || value === null) return false
  return ['name', 'method', 'path', 'access', 'takes', 'gives'].every((key) => key in value)
}

/** The names in the path, in order: `/api/tables/:tableId/figures/:key` -> tableId, key. */
export function pathParameters(route: Route): string[] {
  return [...route.path.matchAll(/:([A-Za-z]\w*)/g)].map(([, name]) => name ?? '')
}
