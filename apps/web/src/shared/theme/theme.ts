import type { ThemeConfig } from 'antd/es/config-provider'
import theme from 'antd/es/theme'
import { accent, ground, text, tones } from './colours.js'

/** No 仿宋 on screen: the system's own sans serif is the sharpest at 13 px on an office PC. */
export const fontFamily =
  "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"

/** Compact, quiet, flat: hairlines instead of boxes, one accent. Everything else in the look follows from this file. */
export const bihuanTheme: ThemeConfig = {
  algorithm: theme.compactAlgorithm,
  hashed: false,
  token: {
    colorPrimary: accent,
    colorInfo: accent,
    colorLink: accent,
    colorError: tones.red.ink,
    colorWarning: tones.orange.ink,
    colorSuccess: tones.green.ink,
    colorText: text.plain,
    colorTextHeading: text.strong,
    colorTextSecondary: text.quiet,
    colorTextTertiary: text.quiet,
    colorTextDescription: text.quiet,
    colorTextPlaceholder: '#6b7480',
    colorBorder: ground.lineStrong,
    colorBorderSecondary: ground.line,
    colorSplit: ground.line,
    colorBgLayout: ground.page,
    fontFamily,
    // The compact algorithm takes the next smaller size of both: what comes out is 14 px text and 30 px controls.
    fontSize: 16,
    controlHeight: 34,
    borderRadius: 4,
    wireframe: false,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    boxShadow: '0 2px 10px rgb(20 30 45 / 0.10)',
    boxShadowSecondary: '0 4px 16px rgb(20 30 45 / 0.14)',
  },
  components: {
    Table: {
      cellFontSize: 13,
      headerBg: ground.side,
      headerColor: text.quiet,
      headerSplitColor: 'transparent',
      cellPaddingBlock: 6,
    },
    // On a white page the track is what tells that there are others to choose.
    Segmented: { trackBg: '#eceff3' },
    Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
  },
}
