import { describe, expect, it } from 'vitest'
import { isAppUrl } from '#main/shell/app-origin.ts'

describe('an address of the app', () => {
  it.each([
    'app://forager/',
    'app://forager/index.html',
    'app://forager/index.html?a=b#c',
    'APP://forager/x',
  ])('is %s', (address) => expect(isAppUrl(address)).toBe(true))

  it.each([
    ...[
      'app://forager.example.org/',
      'app://forager@example.org/',
      'app://example.org/forager',
      'app:forager',
    ],
    ...['app://forager:80/', 'app://user@forager/', 'app://user:pass@forager/', 'app:///index.html'],
    ...['https://forager/', 'http://app//forager/', 'file:///app://forager/', 'javascript:app://forager/'],
    ...['about:blank', 'data:text/html,app://forager/', 'blob:app://forager/1', 'view-source:app://forager/'],
    ...['', ' ', 'app', 'apps://forager/', 'app://FORAGER/', 'app://forager%2f@example.org/'],
  ])('is not %j', (address) => expect(isAppUrl(address)).toBe(false))
})
