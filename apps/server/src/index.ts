export { startServer, createApp, version, type RunningServer } from './app.js'
export { readSettings, settingDescriptions, SettingsError } from './platform/settings.js'
