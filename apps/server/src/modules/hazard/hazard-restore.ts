/** A backup holds no jobs: the reminders of open hazards are put in again, as saving each of them would have. */
import { hazardStatuses, isOpenHazard } from '@bihuan/domain'
import type { AfterRestore } from '../../platform/backup/restore.js'
import { reminderJob } from './hazard.jobs.js'
import { enqueueReminders } from './hazard-restore.repo.js'

export const remindAfterRestore: AfterRestore = (handle) =>
  enqueueReminders(handle, reminderJob, hazardStatuses.filter(isOpenHazard))
