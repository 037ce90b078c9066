import { exportLedger, type CampaignPage } from '@bihuan/contracts'
import { useState } from 'react'
import { Link } from 'react-router'
import { download } from '../../../shared/api/download.js'
import { failureOf, type ApiFailure } from '../../../shared/api/failure.js'
import { Section } from '../../../shared/layout/page.js'
import { useCan } from '../../../shared/session/me.js'
import { BasisLink } from '../../../shared/show/basis-link.js'
import { PersonText } from '../../../shared/show/texts.js'

/** What else the plan ordered: tables, ledgers, who leads, whom it names. */
export function CampaignParts({ page, onDo }: { page: CampaignPage; onDo: (what: string) => void }) {
  const mayManage = page.abilities['manage'] === true
  const change = (what: string, label: string) =>
    mayManage && (
      <button type="button" className="linkish" aria-label={`修改${label}`} onClick={() => onDo(what)}>
        修改
      </button>
    )
  const mayImport = page.abilities['import'] === true
  const mayReadHazards = useCan('hazard.read')
  const mayExport = useCan('hazard.export')
  const { plan } = page
  const reports = plan.reports.map((report, at) => ({ ...report, at })).filter((report) => report.name !== '')
  const hasNotice = page.noticeFileId !== null
  return (
    <>
      <div className="campaign-columns">
        <Section
          title="调度表"
          acts={page.abilities['design'] === true && <Link to={`/campaigns/${page.id}/tables/new`}>设计一张</Link>}
        >
          <div className="lines">
            {page.tables.map((table) => (
              <p key={table.id} className="line-row">
                <Link to={`/tables/${table.id}`}>{table.title}</Link>
                {table.from !== null && <span className="quiet">上级：{table.from}</span>}
              </p>
            ))}
          </div>
          {page.tables.length === 0 && <p className="quiet">方案没有调度表。</p>}
        </Section>
        <Section
          title="隐患清单"
          acts={
            <>
              {mayReadHazards && <Link to={`/hazards?campaign=${page.id}`}>打开隐患台账</Link>}
              {change('ledgers', '隐患清单')}
            </>
          }
        >
          <div className="lines">
            {page.ledgers.map((ledger) => (
              <p key={ledger.id} className="line-row">
                <span>
                  {ledger.title} <span className="quiet">{ledger.columns.length} 栏</span>
                </span>
                <span className="line-acts">
                  {mayExport && <LedgerExport campaignId={page.id} ledgerId={ledger.id} />}
                  {mayImport && <Link to={`/hazards/import?campaign=${page.id}&ledger=${ledger.id}`}>导入</Link>}
                </span>
              </p>
            ))}
          </div>
          {page.ledgers.length === 0 && <p className="quiet">方案没有清单样式。</p>}
        </Section>
      </div>
      {(mayManage || plan.leadership.length > 0 || plan.responsibilities.length > 0) && (
        <div className="campaign-columns">
          <Section title="组织领导" acts={change('leadership', '组织领导')}>
            <div className="lines">
              {plan.leadership.map((leader, index) => (
                <p key={index} className="line-row">
                  <span>
                    {leader.name === null ? (
                      (leader.post ?? '未定')
                    ) : (
                      <PersonText name={leader.name} post={leader.post} />
                    )}
                  </span>
                  <span className="quiet">{leader.role}</span>
                </p>
              ))}
            </div>
            {plan.leadership.length === 0 && <p className="quiet">方案没有写明。</p>}
          </Section>
          <Section title="责任分工">
            <div className="lines">
              {plan.responsibilities.map((one, index) => (
                <p key={index} className="line-row">
                  <span>
                    {one.unit} <span className="quiet">{partWords[one.role]}</span>
                  </span>
                  <span className="quiet">{one.sectors.join('、')}</span>
                </p>
              ))}
            </div>
            {plan.responsibilities.length === 0 && <p className="quiet">方案没有写明。</p>}
          </Section>
        </div>
      )}
      {(mayManage || page.targets.length > 0 || reports.length > 0) && (
        <div className="campaign-columns">
          <Section
            title="重点对象"
            note={page.targets.length > 0 ? `${page.targets.length} 个` : undefined}
            acts={change('targets', '重点对象')}
          >
            <div className="lines">
              {page.targets.map((target) => (
                <p key={target.id} className="line-row">
                  <span>
                    {target.enterpriseId === null ? (
                      target.name
                    ) : (
                      <Link to={`/enterprises/${target.enterpriseId}`}>{target.name}</Link>
                    )}
                  </span>
                  <span className="quiet">{target.type}</span>
                </p>
              ))}
            </div>
            {page.targets.length === 0 && <p className="quiet">方案没有点名的企业和场所。</p>}
          </Section>
          <Section title="报送要求">
            <div className="lines">
              {reports.map((report, index) => (
                <p key={index} className="line-row">
                  <span>
                    {report.name}
                    {report.to.length > 0 && <span className="quiet"> 报 {report.to.join('、')}</span>}
                  </span>
                  <span className="quiet">
                    {reportDue(report)}{' '}
                    {hasNotice && report.source !== undefined && (
                      <BasisLink campaignId={page.id} place={`report:${report.at}`} of={report.name} />
                    )}
                  </span>
                </p>
              ))}
            </div>
            {reports.length === 0 && <p className="quiet">方案没有写明。</p>}
          </Section>
        </div>
      )}
    </>
  )
}

const partWords = { lead: '牵头', support: '配合' } as const

const cadences = { weekly: '每周', monthly: '每月', quarterly: '每季度', 'half-yearly': '每半年', once: '' } as const

function reportDue({ cadence, due }: CampaignPage['plan']['reports'][number]): string {
  const rhythm = cadence === null ? '' : cadences[cadence]
  if (due === null) return rhythm
  if ('date' in due) return `${due.date}前`
  if ('weekday' in due) return `${rhythm}周${'一二三四五六日'[due.weekday - 1] ?? ''}前`
  return `${rhythm}${due.day === 'last' ? '月底' : `${due.day}日`}前`
}

/** What the unit has in this ledger, in the form of the notice. */
function LedgerExport({ campaignId, ledgerId }: { campaignId: string; ledgerId: string }) {
  const [trouble, setTrouble] = useState<ApiFailure | null>(null)
  const get = (format: 'xlsx' | 'docx') => {
    setTrouble(null)
    download(exportLedger, { params: { campaignId, ledgerId }, query: { format } }).catch((thrown: unknown) =>
      setTrouble(failureOf(thrown)),
    )
  }
  return (
    <>
      <button type="button" className="linkish" onClick={() => get('xlsx')}>
        导出 Excel
      </button>
      <button type="button" className="linkish" onClick={() => get('docx')}>
        导出 Word
      </button>
      {trouble && <span className="list-problem">{trouble.message}</span>}
    </>
  )
}
