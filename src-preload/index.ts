import '#shared/util/no-eval.ts'
import { contextBridge } from 'electron'
import { createBridge } from './bridge/create-bridge.ts'
import { electronHost } from './bridge/electron-host.ts'

contextBridge.exposeInMainWorld('forager', createBridge(electronHost))
