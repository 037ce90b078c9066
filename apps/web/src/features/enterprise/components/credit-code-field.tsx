import { chooseEnterprise } from '@bihuan/contracts'
import { decideCreditCode, normaliseCreditCode } from '@bihuan/domain'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'

/** Judged as it is typed: which character is wrong, and whether somebody has the code already. Half a code is not yet wrong. */
export function CreditCodeField({ disabled, ownId }: { disabled: boolean; ownId: string | null }) {
  const written = (Form.useWatch('creditCode') as string | undefined) ?? ''
  const decision = written.trim() === '' ? null : decideCreditCode(written)
  const code = decision?.ok === true ? decision.value : null
  const holders = useRoute(chooseEnterprise, { query: { search: code ?? '', gone: 'yes' } }, { when: code !== null })
  const holder = code === null ? undefined : holders.data?.items.find((one) => one.code === code && one.id !== ownId)
  return (
    <Form.Item
      name="creditCode"
      label="统一社会信用代码"
      validateTrigger={['onChange', 'onBlur']}
      rules={[
        { validateTrigger: 'onBlur', validator: (_, value: unknown) => judge(value, false) },
        { validateTrigger: 'onChange', validator: (_, value: unknown) => judge(value, true) },
      ]}
      extra={
        holder ? (
          <span className="ent-holder">
            已登记为“{holder.name}”，<Link to={`/enterprises/${holder.id}`}>打开它修改</Link>，不要重复登记。
          </span>
        ) : code !== null ? (
          `校验通过${code === written ? '' : `：${code}`}`
        ) : isPart(written) ? (
          `18 位，可以有字母${written.trim() === '' ? '' : `，已填 ${normaliseCreditCode(written).length} 位`}`
        ) : undefined
      }
    >
      <Input disabled={disabled} className="ent-code" maxLength={40} autoComplete="off" spellCheck={false} />
    </Form.Item>
  )
}

/** The beginning of a code, as far as it goes. */
function isPart(written: string): boolean {
  return normaliseCreditCode(written).length < 18
}

async function judge(value: unknown, whileTyping: boolean): Promise<void> {
  const written = typeof value === 'string' ? value : ''
  if (written.trim() === '' || (whileTyping && isPart(written))) return
  const decision = decideCreditCode(written)
  if (!decision.ok) throw new Error(decision.refusal.message)
}
