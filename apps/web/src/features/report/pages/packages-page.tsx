import Segmented from 'antd/es/segmented'
import { useSearchParams } from 'react-router'
import { Page } from '../../../shared/layout/page.js'
import { PackageReceivers } from '../components/package-receivers.js'
import { PackageSenders } from '../components/package-senders.js'
import { PackagesReceived } from '../components/packages-received.js'
import { PackagesSent } from '../components/packages-sent.js'
import '../components/packages.css'

const parts = [
  { value: 'sent', label: '发出的', Part: PackagesSent },
  { value: 'received', label: '收下的', Part: PackagesReceived },
  { value: 'senders', label: '发送方与公钥', Part: PackageSenders },
  { value: 'receivers', label: '系统外接收方', Part: PackageReceivers },
] as const

/** Returns that go to other servers and come from them: `/packages?part=received`. */
export function PackagesPage() {
  const [params, setParams] = useSearchParams()
  const shown = parts.find(({ value }) => value === params.get('part')) ?? parts[0]
  const { Part } = shown
  return (
    <Page title="系统间数据包">
      <div className="packages">
        <Segmented
          value={shown.value}
          options={parts.map(({ value, label }) => ({ value, label }))}
          onChange={(part) => setParams({ part }, { replace: true })}
          aria-label="看哪一部分"
        />
        <Part />
      </div>
    </Page>
  )
}
