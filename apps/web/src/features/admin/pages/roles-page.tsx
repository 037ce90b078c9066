import { listRoles } from '@bihuan/contracts'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { AdminTabs } from '../components/admin-tabs.js'

/** One table: permissions down, roles across. It is the table that the rules ask. */
export function RolesPage() {
  const answer = useRoute(listRoles, {}, { staleMs: 600_000 })
  return (
    <Page title="角色与权限" kind="fill">
      <AdminTabs />
      <Answered answer={answer} loading="list">
        {({ items }) => {
          const permissions = [
            ...new Map(items.flatMap((role) => role.permissions.map((one) => [one.code, one.name] as const))),
          ]
          const held = new Map(items.map(({ role, permissions: own }) => [role, new Set(own.map(({ code }) => code))]))
          return (
            <div className="roles">
              <p className="quiet roles-note">
                角色授予在某个单位；对谁有效由单位的管辖范围决定。系统管理员、安全保密管理员、安全审计员由不同的人担任，且不兼任业务角色。
              </p>
              <div className="roles-scroll">
                <table className="roles-table" aria-label="角色与权限">
                  <thead>
                    <tr>
                      <th scope="col">权限</th>
                      {items.map((role) => (
                        <th key={role.role} scope="col" className="roles-role">
                          {role.name}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {permissions.map(([code, name]) => (
                      <tr key={code}>
                        <th scope="row">{name}</th>
                        {items.map((role) => (
                          <td key={role.role} className="roles-mark">
                            {held.get(role.role)?.has(code) && (
                              <StateTag tone="green">
                                <span className="heard-only">有</span>
                              </StateTag>
                            )}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </div>
          )
        }}
      </Answered>
    </Page>
  )
}
