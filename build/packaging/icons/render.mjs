/**
 * Renders icon.svg to the committed PNG, ICO and ICNS files, so that packaging never needs a converter.
 * Run by hand after changing the drawing: `npm exec -- node build/packaging/icons/render.mjs` (needs Chromium; CHROMIUM
 * names another path than the usual one).
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const fileHere = (name) => fileURLToPath(new URL(name, import.meta.url))

/** Apple's type codes for PNG entries, by pixel size. */
const icnsTypes = { 32: 'ic11', 64: 'ic12', 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' }
const linuxSizes = [16, 32, 48, 64, 128, 256, 512]
const icoSizes = [16, 32, 48, 64, 128, 256]

async function renderAll(sizes) {
  const svg = await readFile(fileHere('icon.svg'), 'utf8')
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const pictures = new Map()
    for (const size of sizes) {
      const page = await browser.newPage({ viewport: { width: size, height: size } })
      const style = `html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}`
      await page.setContent(`<style>${style}</style>${svg}`)
      pictures.set(size, await page.screenshot({ omitBackground: true }))
      await page.close()
    }
    return pictures
  } finally {
    await browser.close()
  }
}

/** An ICO file of PNG entries: a 6-byte header, 16 bytes an entry, then the pictures. A side of 256 is written as 0. */
function ico(pictures) {
  const header = Buffer.from([0, 0, 1, 0, pictures.length, 0])
  let offset = header.length + 16 * pictures.length
  const entries = pictures.map(([size, png]) => {
    const entry = Buffer.alloc(16)
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...pictures.map(([, png]) => png)])
}

/** An ICNS file: each chunk is a type, its length with these 8 bytes, and the picture. */
function icns(pictures) {
  const chunk = (type, body) => {
    const head = Buffer.alloc(8)
    head.write(type, 0, 'latin1')
    head.writeUInt32BE(body.length + 8, 4)
    return Buffer.concat([head, body])
  }
  return chunk('icns', Buffer.concat(pictures.map(([size, png]) => chunk(icnsTypes[size], png))))
}

const pictures = await renderAll([...linuxSizes, 1024])
for (const size of linuxSizes) await writeFile(fileHere(`${size}x${size}.png`), pictures.get(size))
await writeFile(fileHere('icon.png'), pictures.get(1024))
await writeFile(fileHere('icon.ico'), ico([...pictures].filter(([size]) => icoSizes.includes(size))))
await writeFile(fileHere('icon.icns'), icns([...pictures].filter(([size]) => size in icnsTypes)))
