import 'dayjs/locale/zh-cn'
import ConfigProvider from 'antd/es/config-provider'
import zhCN from 'antd/es/locale/zh_CN'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { paint } from './colours.js'
import { bihuanTheme } from './theme.js'
import './ground.css'

dayjs.locale('zh-cn')
paint(document.documentElement)

// Ant Design waits for the end of its animations; ground.css leaves none to whoever asked for no motion.
const stillTheme = { ...bihuanTheme, token: { ...bihuanTheme.token, motion: false } }
const theme = matchMedia('(prefers-reduced-motion: reduce)').matches ? stillTheme : bihuanTheme

export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }} form={{ colon: false }}>
      {children}
    </ConfigProvider>
  )
}
