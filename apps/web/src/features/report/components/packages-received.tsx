import { listReceivedPackages, listReturns, receivePackage, type AnswerOf, type BodyOf } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { DateText } from '../../../shared/show/texts.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'

export function PackagesReceived() {
  const answer = useRoute(listReceivedPackages, {}, { staleMs: 0 })
  return (
    <Answered answer={answer} loading="list">
      {({ items, abilities }) => (
        <>
          {abilities['receive'] === true && <TakeByHand />}
          {items.length === 0 ? (
            <p className="quiet">还没有收下过数据包。先登记发送方的公钥，对方发来的才会收。</p>
          ) : (
            <ul className="package-list" aria-label="收下的数据包">
              {items.map((row) => (
                <li key={row.id}>
                  <div>
                    <p>
                      <Link to={`/returns/${row.returnId}`}>{row.table}</Link>
                    </p>
                    <p className="quiet">
                      {row.unitName}，{row.periodTitle}
                    </p>
                  </div>
                  <p>{row.senderName}</p>
                  <div>
                    <p>
                      {row.personName} <DateText date={row.receivedAt} />
                    </p>
                    <p className="quiet package-hash" title={row.packageHash}>
                      摘要 {row.packageHash.slice(0, 12)}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Answered>
  )
}

/** A package that came by another way than the network. The server judges it; here it is only read. */
function TakeByHand() {
  const input = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [taken, setTaken] = useState<AnswerOf<typeof receivePackage> | null>(null)
  const take = useAct(receivePackage, { refreshes: [listReceivedPackages, listReturns], onDone: setTaken })
  const bring = async (file: File) => {
    setTaken(null)
    const body = await readPackage(file)
    setFault(body === null ? `“${file.name}”不是报表数据包。请选择对方导出的 .json 文件。` : null)
    if (body !== null) await take.act({ body })
  }
  return (
    <div className="package-take">
      <input
        ref={input}
        type="file"
        accept=".json,.gz,application/json"
        aria-label="数据包文件"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) void bring(file)
          event.target.value = ''
        }}
      />
      <Button loading={take.pending} onClick={() => input.current?.click()}>
        上传数据包文件
      </Button>
      <span className="quiet">对方用光盘、移动介质交来的，在这里收下；同一个文件收两次不变。</span>
      {fault !== null && <p className="list-problem">{fault}</p>}
      {take.failure && <Problem failure={take.failure} places={[]} />}
      {taken !== null && (
        <p role="status">
          <StateTag tone="green">{taken.already ? '先前已经收过，没有变化' : '已收下'}</StateTag>{' '}
          <Link to={`/returns/${taken.returnId}`}>打开这张报表</Link>
        </p>
      )}
    </div>
  )
}

/** Null for what is no package at all. */
async function readPackage(file: File): Promise<BodyOf<typeof receivePackage> | null> {
  try {
    const isPacked = file.name.endsWith('.gz')
    const stream = isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
    const read = (await new Response(stream).json()) as { schema?: unknown } | null
    return read?.schema === 'bihuan.return-package' ? (read as BodyOf<typeof receivePackage>) : null
  } catch {
    return null
  }
}
