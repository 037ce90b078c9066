export { createSessions, hashPassword, sessionCookie, type Sessions } from './session.service.js'
export { sessionRoutes } from './session.routes.js'
export { createAccount, grantRole, type CreateAccount } from './account.service.js'
export { personNames } from './person.repo.js'
