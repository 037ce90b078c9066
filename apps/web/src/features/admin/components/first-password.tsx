import Button from 'antd/es/button'
import { useState } from 'react'

/** Shown once: the server keeps only its hash, and this page forgets it when it is left. */
export function FirstPassword({ loginName, password }: { loginName: string; password: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(password)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }
  return (
    <div className="first-password" role="status">
      <p>
        <strong>{loginName}</strong> 的初始口令，<strong>只显示这一次</strong>：
      </p>
      <p>
        <code className="first-password-text">{password}</code>
        <Button size="small" onClick={() => void copy()}>
          {copied ? '已复制' : '复制'}
        </Button>
      </p>
      <p className="quiet">请当面或电话告诉本人，不要发在群里。首次登录须改成自己的口令。</p>
    </div>
  )
}
