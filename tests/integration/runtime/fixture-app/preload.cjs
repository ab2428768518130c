const { contextBridge, ipcRenderer } = require('electron')
contextBridge.exposeInMainWorld('fixture', { ask: (message) => ipcRenderer.invoke('ask', message) })
