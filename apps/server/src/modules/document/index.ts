export { documentRoutes, giveStored } from './document.routes.js'
export { fileToGive, fileViewOf, type FoundFile } from './document.service.js'
export { findFiles } from './file-list.repo.js'
