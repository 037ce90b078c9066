import type { UnitPage } from '@bihuan/contracts'

export interface PanelProps {
  readonly unit: UnitPage
  readonly onClose: () => void
}
