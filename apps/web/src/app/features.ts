import type { Feature } from '../shared/layout/feature.js'

/** Found, not listed: a new feature is a folder, and two people adding one do not meet in this file. */
const found = import.meta.glob<Feature>('../features/*/index.{ts,tsx}', { eager: true, import: 'feature' })

export const features: readonly Feature[] = Object.values(found)

/** Every address inside the frame, to know whether a menu entry leads somewhere. */
const addresses = new Set(features.flatMap((feature) => feature.pages.map((page) => page.path ?? '')))

export function pageExists(to: string): boolean {
  return addresses.has(to) || addresses.has(`${to}/*`)
}
