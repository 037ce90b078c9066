export { documentRoutes, giveStored } from './document.routes.js'
export {
  fileToGive,
  fileViewOf,
  keepUploads,
  storeUploads,
  type FoundFile,
  type StoredUpload,
} from './document.service.js'
export { findFiles } from './file-list.repo.js'
